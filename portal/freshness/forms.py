"""The shape of what is typed about a profile that nobody confirms."""

from portal.face.forms import Form, TextArea, length, required
from portal.freshness.services.proposing import MISSING
from portal.words.i18n import _l


class ProposalForm(Form):
    """Why somebody thinks that an organisation has ended."""

    reason = TextArea(_l("How do you know that it has ended?"), [required(MISSING), length(2000)])

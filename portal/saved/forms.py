"""The shape of what is asked of whoever keeps a search."""

from portal.accounts.models import Person
from portal.face.forms import ChoiceField, EmailField, Form, choices, email, length, required
from portal.mail import Frequency
from portal.saved.services.keeping import HOW_OFTEN
from portal.words.i18n import _l

OFTEN = {
    Frequency.IMMEDIATE: _l("At once, within minutes"),
    Frequency.WEEKLY: _l("Once a week, all in one message"),
    Frequency.NEVER: _l("Never: only keep the search in the account"),
}


class KeepForm(Form):
    """How often mails come; and where to, of whoever is not signed in."""

    frequency = ChoiceField(_l("How often do messages come?"), [required(HOW_OFTEN)], default=Frequency.WEEKLY.value)
    email = EmailField(_l("E-mail address"), [required(_l("Enter your e-mail address.")), email(), length(320)])

    @classmethod
    def by(cls, person: Person | None) -> "KeepForm":
        form = cls()
        offered = [one for one in Frequency if person is not None or one != Frequency.NEVER]
        form.frequency.choices = choices((one.value, OFTEN[one]) for one in offered)
        if person is not None:
            del form.email
        return form

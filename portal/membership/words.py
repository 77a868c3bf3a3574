"""What networks ask people to agree to."""

from portal.membership import queries
from portal.privacy.consents import ConsentText, Purpose
from portal.words.i18n import _l

CONSENT = ConsentText(
    Purpose.PUBLIC_PROFILE,
    version=1,
    words=_l(
        "I agree that the page of the network shows my e-mail address to everybody, so that people can write to me. "
        "I can withdraw this consent at any time."
    ),
    about="network",
    named=queries.name_of_network,
)

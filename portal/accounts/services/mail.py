"""Which mails somebody wants: what they say on a page, and what their mail program says for them."""

from collections.abc import Mapping

from portal.ground.db import transaction
from portal.mail import Frequency, Kind, preferences
from portal.mail.preferences import How


def choose_mails(address: str, wanted: Mapping[Kind, Frequency], *, how: How) -> None:
    """Note how often a mailbox gets each of these kinds. Saying the same again changes nothing.

    No person is asked for: whoever reads the mails of a mailbox chooses for it, with an account or without. Kinds that are
    always sent are not among those that can be chosen: ValueError.
    """
    with transaction():
        preferences.choose(address, wanted, how=how)

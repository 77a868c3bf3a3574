"""The mail to people of one mailbox who register together, and the purposes of their links."""

import datetime as dt
from collections.abc import Sequence

from portal.events.models import Event
from portal.ground import clock
from portal.mail import Link, Message
from portal.registration import mails
from portal.registration.models import Party, Registration

CONFIRM_PARTY = "registration.confirm_party"  # purposes of links
PARTY = "registration.party"


def confirm_together(
    party: Party, made: Sequence[Registration], event: Event, until: dt.datetime, *, beside: Sequence[str]
) -> Message:
    """The link behind which a button confirms all of them. `beside` are names registered with this address before."""
    link = Link(
        "registration.confirm_together",
        purpose=CONFIRM_PARTY,
        subject=f"party:{party.id}",
        lifetime=until - clock.now(),
    )
    return mails.message(
        "confirm_together", made[0], event, "",
        context={"until": until, "people": [one.name for one in made], "beside": list(beside)},
        links={"confirm": link, "again": Link("registration.link", {"slug": event.slug})}, asks_address=True,
    )  # fmt: skip

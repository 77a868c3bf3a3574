"""What others see about a person through registrations."""

from collections.abc import Sequence

from flask import url_for

from portal.accounts.models import Person
from portal.privacy.visible import Seen, Visible
from portal.registration import queries
from portal.words.i18n import _, _n


def _lines(person: Person) -> Sequence[Seen]:
    own = len(queries.of_account(person))
    organisers = _("Those who run the event")
    booked = Seen(
        _n(
            "Name, address and workshops of %(n)s registration",
            "Name, address and workshops of %(n)s registrations",
            own,
        ),
        organisers,
        _("You registered for their event."),
        url=url_for("registration.mine"),
    )
    invited = Seen(_("That your address was invited to an event"), organisers, _("They invited it."))
    return [booked, invited] if own else [invited]


VISIBLE = Visible(tables=frozenset({"registration", "booking", "event_invitation"}), lines=_lines)

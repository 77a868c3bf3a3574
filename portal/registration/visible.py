"""What others see about a person through registrations."""

from collections.abc import Sequence

from flask import url_for

from portal.accounts.models import Person
from portal.accounts.queries import account_of
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
    named = Seen(
        _("That somebody named you for a place of their organisation, and whether your registration is complete"),
        _("Whoever coordinates the delegation"),
        _("They named you."),
    )
    invited = Seen(_("That your address was invited to an event"), organisers, _("They invited it."))
    return [*([booked] if own else []), *_by_address(person), named, invited]


def _by_address(person: Person) -> Sequence[Seen]:
    """The calendar, for whoever was given its address."""
    account = account_of(person)
    if account is None or queries.feed_since(account) is None:
        return []
    return [
        Seen(
            _("Events and workshops of your calendar"),
            _("Whoever knows its address"),
            _("You have made an address for it."),
            url=url_for("registration.mine", _anchor="calendar"),
        )
    ]


VISIBLE = Visible(
    tables=frozenset(
        {
            "registration",
            "booking",
            "event_invitation",
            "need",
            "registration_notice",
            "reminder_sent",
            "delegation",
            "delegation_seat",
        }
    ),
    lines=_lines,
)

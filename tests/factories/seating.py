"""Every way in which somebody gets a seat, each as what is there beforehand and the one act that seats them.

A new way is a function below and a line of `WAYS`: `tests/faults/test_last_seat.py` then sends as many people at once through
it as through every other. Nobody refused here is an error: whoever finds no seat waits, or is told that it is gone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.events.models import Event, ProgrammeSession
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.registration import queries, services
from portal.registration.models import Booking, Registration
from portal.registration.services import Asked, BulkRegistration, Somebody, Wish
from tests.factories.delegations import unconfirmed
from tests.factories.events import make_team_member, unique
from tests.factories.registrations import change, confirmed, submit
from tests.registration.test_following import becomes, event_becomes

Act = Callable[[], object]


@dataclass(frozen=True)
class House:
    """An event and its workshop, either of which has few seats; everybody wants both."""

    event: Event
    workshop: ProgrammeSession
    limits_event: bool

    def seats(self, number: int | None) -> None:
        """So many seats, or as many as come."""
        if self.limits_event:
            event_becomes(self.event, seats=number)
        else:
            becomes(self.workshop, seats=1000 if number is None else number)

    @property
    def occupied(self) -> int:
        """How many seats are taken, or kept for whoever is asked whether they take them."""
        return self._in("confirmed", "offered") if self.limits_event else self._in("booked", "offered")

    @property
    def waiting(self) -> int:
        """How many seats are waited for."""
        return self._in("waiting")

    @property
    def is_kept(self) -> bool:
        """Are free seats kept for people who come together, or too few for anybody who waits?"""
        db.session.rollback()
        waiting = sa.and_(Registration.event_id == self.event.id, Registration.status == "waiting")
        rows = db.session.execute(sa.select(Registration.companions, Registration.kept_until).where(waiting)).all()
        places = queries.event_places(self.event.id)
        assert places is not None
        too_few = bool(rows) and all(places.free < 1 + row[0] for row in rows)
        return too_few or any(row[1] is not None and row[1] > clock.now() for row in rows)

    def _in(self, *states: str) -> int:
        db.session.rollback()
        people = sa.func.sum(1 + Registration.companions) if self.limits_event else sa.func.count()
        held = sa.select(people).where(
            *(Registration.event_id == self.event.id, Registration.status.in_(states))
            if self.limits_event
            else (Booking.session_id == self.workshop.id, Booking.status.in_(states))
        )
        return db.session.scalar(held) or 0

    def comes(self) -> int:
        """Somebody who has a seat already."""
        return confirmed(self.event, self.workshop).id

    @property
    def wanted(self) -> Sequence[Wish]:
        return [Wish(self.workshop.id, waits=True)]

    @property
    def of_form(self) -> dict[str, Any]:
        """What the form of somebody new says."""
        return {
            "event_id": self.event.id, "email": f"osoba{unique()}@example.org", "name": "Anna Nowak", "locale": "pl",
            "affiliation": "", "wanted": self.wanted, "accepts_waiting": True,
        }  # fmt: skip


def by_the_form(house: House) -> Act:
    """The link of the mail is followed."""
    number = submit(house.event, house.workshop).id
    return lambda: services.confirm(number)


def by_an_account(house: House) -> Act:
    """Somebody whose address is known: signed in, or with the link of an invitation."""
    form = house.of_form
    return lambda: services.register(**form)


def by_the_desk(house: House) -> Act:
    desk, form = make_team_member(house.event, "desk").id, house.of_form
    event = form.pop("event_id")
    return lambda: services.add(db.session.get_one(Event, event), by=db.session.get_one(Person, desk), **form)


def by_a_party(house: House) -> Act:
    """An office, by one link for two people."""
    asked = Asked(house.event.id, f"k{unique()}", f"biuro{unique()}@example.org", "pl", "", accepts_waiting=True)
    people = [Somebody(name, house.wanted) for name in ("Ada Nowak", "Jan Nowak")]
    return lambda: services.register_together(asked, people)


def with_company(house: House) -> Act:
    """One form for three people, two of whom have no names: all of them, or nobody."""
    event_becomes(house.event, max_companions=2)
    form = {**house.of_form, "companions": 2}
    return lambda: services.register(**form)


def by_more_company(house: House) -> Act:
    """Somebody who has a seat brings one more along."""
    event_becomes(house.event, max_companions=2)
    number, wanted = house.comes(), [Wish(house.workshop.id)]
    return lambda: change(db.session.get_one(Registration, number), *wanted, companions=1)


def by_approval(house: House) -> Act:
    """The team says yes to somebody who asked."""
    event_becomes(house.event, approval=True)
    number, event = confirmed(house.event, house.workshop).id, house.event.id
    event_becomes(house.event, approval=False)
    return lambda: services.approve(db.session.get_one(Event, event), [number], by=PORTAL)


def by_substitution(house: House) -> Act:
    """Somebody who has a seat lets another come."""
    number, email = house.comes(), f"osoba{unique()}@example.org"
    return lambda: services.hand_over(number, name="Iga Nowak", email=email)


def by_promotion(house: House) -> Act:
    """Somebody comes, and somebody else leaves: the seat goes to the first who waits."""
    leaves, comes = house.comes(), submit(house.event, house.workshop).id

    def act() -> None:
        services.confirm(comes)
        services.cancel(leaves)

    return act


def by_offer(house: House) -> Act:
    """Somebody is asked, and says yes."""
    holder = house.comes()
    house.seats(house.occupied)
    event_becomes(house.event, offer_hours=24)
    asked = confirmed(house.event, house.workshop).id
    services.cancel(holder)
    house.seats(None)
    if house.limits_event:
        return lambda: services.accept(asked)
    workshop = house.workshop.id
    return lambda: services.accept_place(asked, session_id=workshop)


def by_coming_back(house: House) -> Act:
    """Somebody who cancelled comes after all."""
    number = house.comes()
    services.cancel(number)
    return lambda: services.resume(number)


def by_a_change(house: House) -> Act:
    """Somebody of the event chooses the workshop."""
    number, wanted = confirmed(house.event).id, house.wanted
    return lambda: change(db.session.get_one(Registration, number), *wanted)


def by_a_list(house: House) -> Act:
    """Rows of a list, two at once."""
    now, event, wanted = clock.now(), house.event.id, (house.workshop.id,)
    rows = [BulkRegistration("Ela Nowak", f"osoba{unique()}@example.org", "pl", now, wanted) for _ in range(2)]
    return lambda: services.bulk_register(event, rows)


def by_a_delegation(house: House) -> Act:
    """An organisation asks for two seats and says who comes; they choose workshops later."""
    event_becomes(house.event, takes_delegations=True)
    made = unconfirmed(house.event, 2, "Ada Nowak", "Jan Nowak").id
    return lambda: services.confirm_delegation(made)


WAYS: Mapping[str, Callable[[House], Act]] = {
    "form": by_the_form,
    "account or invitation": by_an_account,
    "desk": by_the_desk,
    "party": by_a_party,
    "company": with_company,
    "more company": by_more_company,
    "approval": by_approval,
    "substitution": by_substitution,
    "promotion": by_promotion,
    "offer": by_offer,
    "coming back": by_coming_back,
    "change": by_a_change,
    "list": by_a_list,
    "delegation": by_a_delegation,
}
# The modules of `portal.registration.services` that give somebody a seat, and the ways above that go through them.
GIVE_SEATS: Mapping[str, Sequence[str]] = {
    "bulk": ("list",),
    "companions": ("more company",),
    "deciding": ("approval",),
    "delegating": ("delegation",),
    "delegation_seats": ("delegation",),
    "enrolling": ("delegation",),
    "entering": ("form", "account or invitation", "desk", "party"),
    "filling": ("promotion",),
    "handing_over": ("substitution", "coming back"),
    "offering": ("offer",),
    "registering": ("form", "account or invitation", "desk", "party"),
}

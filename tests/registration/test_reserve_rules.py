"""What a reserve must be, what it is shown to do beforehand, and how many people of one organisation get a place."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.events import queries as events
from portal.events import services as event_services
from portal.events.fields import EVENT
from portal.events.models import Event
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal
from portal.registration import queries, services
from portal.registration.models import EventSeats
from portal.registration.services import MustWait, Wish
from tests.factories.events import make_event, make_session, refreshed
from tests.factories.registrations import confirmed, keep, state
from tests.fixtures.pages import FrozenClock
from tests.merging.pairs import merge, two
from tests.registration.test_reserves import LOCAL, NGO, congress, refused, statuses


def test_whoever_would_wait_is_asked_first_and_told_why(app: Flask) -> None:
    event = congress(2, max_per_organisation=1)
    keep(event, 1, LOCAL)
    common = {"event_id": event.id, "locale": "pl", "accepts_waiting": False, "wanted": []}
    services.register(**common, name="Ola", email="ola@example.org", affiliation="Lipa", sector=NGO)
    with refused("kept for others", MustWait):
        services.register(**common, name="Ula", email="ula@example.org", affiliation="Brzoza", sector=NGO)
    with refused("organisation", MustWait):
        services.submit(**common, name="Jan", email="jan@example.org", affiliation="  LIPA ", sector=LOCAL)
    done = services.register(**common, name="Ewa", email="ewa@example.org", affiliation="Gmina", sector=LOCAL)
    assert done.status == "confirmed"


def test_limit_counts_names_however_they_are_written_and_organisations_after_a_merge(app: Flask) -> None:
    event = congress(9, max_per_organisation=1)
    first, second = confirmed(event, affiliation="UM Kielce"), confirmed(event, affiliation="um  kielce")
    assert statuses(first, second) == ["confirmed", "waiting"]
    assert statuses(confirmed(event), confirmed(event)) == ["confirmed"] * 2, "whoever names none is counted in none"
    owner, kept, lost = two()
    of_lost, of_kept = (confirmed(event, affiliation=one.name.source) for one in (lost, kept))
    assert statuses(of_lost, of_kept) == ["confirmed", "confirmed"]
    merge(kept, lost, owner)
    assert statuses(of_lost, of_kept) == ["confirmed", "confirmed"], "nobody loses a seat"
    assert statuses(confirmed(event, affiliation=kept.name.source)) == ["waiting"]
    services.cancel(of_lost.id)
    assert services.sweep() == 0


def test_reserve_for_an_organisation_follows_it_into_the_other_profile(app: Flask) -> None:
    event, (owner, kept, lost) = congress(1), two()
    keep(event, 1, organisations=[lost.name.source])
    merge(kept, lost, owner)
    assert statuses(confirmed(event, affiliation=kept.name.source)) == ["confirmed"]


def test_limit_that_rises_admits_whoever_waited(app: Flask) -> None:
    event = congress(9, max_per_organisation=1)
    confirmed(event, affiliation="Lipa")
    waits = confirmed(event, affiliation="Lipa")
    _edit(event, max_per_organisation=2)
    assert statuses(waits) == ["confirmed"]


def _edit(event: Event, **values: Any) -> None:
    event = events.by_slug(event.slug)
    now = EVENT.read(event, "pl", event.timezone)
    event_services.update_event(event, version=event.row_version, by=PORTAL, **{**now, **values})


def test_reserves_that_cannot_be_are_refused_at_their_fields(app: Flask) -> None:
    event = congress(5)
    keep(event, 3, LOCAL)
    name = queries.kept_of_event(event.id)[0].name.source

    def faults(**more: Any) -> set[str | None]:
        with pytest.raises(Refusal) as caught:
            keep(event, more.pop("seats", 1), *more.pop("sectors", (NGO,)), **more)
        db.session.rollback()
        return {one.field for one in caught.value.parts}

    assert faults(seats=3) == {"seats"}, "more than there are"
    assert faults(name_pl=name.upper()) == {"name_pl"}
    assert faults(name_pl="") == {"name_pl"}
    assert faults(sectors=()) == {"sectors"}
    assert faults(organisations=["Nie ma takiej"]) == {"organisations"}
    for moment in (event.ends_at, clock.now() - dt.timedelta(minutes=1)):
        assert faults(release_at=clock.to_wall(moment, event.timezone)) == {"release_at"}
    assert faults(seats=9, name_pl="", sectors=()) == {"seats", "name_pl", "sectors"}, "all at once"
    open_event, silent = congress(None), make_event(seats=3)
    for other in (open_event, silent):
        with pytest.raises(Refusal):
            keep(other, 1, NGO)
        db.session.rollback()


def test_seats_are_never_fewer_than_are_kept(app: Flask) -> None:
    event = congress(5)
    keep(event, 3, LOCAL)
    for values in ({"seats": 2}, {"seats": None}, {"asks_organisation": False}):
        with refused("reserves"):
            _edit(event, **values)
    _edit(event, seats=3)
    with pytest.raises(sa.exc.IntegrityError, match="reserved"), transaction() as session:
        session.execute(sa.update(EventSeats).values(reserved=4))


def test_effect_is_what_saving_does(app: Flask) -> None:
    event = congress(4)
    keep(event, 2, LOCAL)
    seated = [confirmed(event, sector=NGO) for _ in range(3)]
    kept = queries.reserve_of(event.slug, queries.kept_of_event(event.id)[0].rule.id)
    values = {"name_pl": "Pula", "name_bg": "", "name_en": "", "sectors": (NGO,), "release_at": None, "seats": 2}
    shown = services.effect(event, None, values, [], known=kept)
    assert (shown.seated, shown.belong, shown.beyond, shown.waiting, shown.admitted, shown.free) == (2, 2, 0, 1, 1, 1)
    services.change_reserve(kept, version=kept.row.row_version, by=PORTAL, **values)
    assert statuses(*seated) == ["confirmed"] * 3
    assert queries.event_places(event.id).free == 1


def _values(**more: Any) -> dict[str, Any]:
    return {
        "name_pl": "Pula",
        "name_bg": "",
        "name_en": "",
        "sectors": (LOCAL,),
        "release_at": None,
        "seats": 1,
        **more,
    }


def test_effect_in_a_session_counts_who_is_free_at_that_time(app: Flask) -> None:
    event = congress(None)
    full, workshop = make_session(event, seats=2), make_session(event, seats=2)
    keep(event, 2, "media", session=workshop)
    busy = confirmed(event, full, sector=LOCAL)
    waits = confirmed(event, workshop, sector=LOCAL)
    services.change(
        busy.id, version=refreshed(busy).row_version, name="Anna Nowak", affiliation="", sector=LOCAL,
        wanted=[Wish(full.id), Wish(workshop.id, waits=True)],
    )  # fmt: skip
    kept = queries.reserve_of(event.slug, queries.kept_of_event(event.id)[0].rule.id)
    shown = services.effect(event, workshop, _values(seats=2), [], known=kept)
    assert (shown.waiting, shown.admitted, shown.free) == (2, 1, 0)
    services.change_reserve(kept, version=kept.row.row_version, by=PORTAL, **_values(seats=2))
    assert [state(one, workshop) for one in (busy, waits)] == ["waiting", "booked"]


def test_limit_holds_for_whoever_says_that_they_come_for_another_organisation(app: Flask) -> None:
    event = congress(9, max_per_organisation=1)
    confirmed(event, affiliation="Lipa")
    other = confirmed(event, affiliation="Brzoza")
    with refused("As many people of this organisation"):
        services.change(
            other.id,
            version=refreshed(other).row_version,
            name="Anna Nowak",
            affiliation="lipa",
            wanted=[],
            sector=None,
        )


def test_release_that_is_put_off_is_served_when_its_new_time_comes(app: Flask, frozen_clock: FrozenClock) -> None:
    event = congress(1)
    day = clock.to_wall(clock.now(), event.timezone).replace(second=0, microsecond=0)
    keep(event, 1, LOCAL, release_at=day + dt.timedelta(days=1))
    frozen_clock.shift(days=2)
    assert services.release_due() == 1
    kept = queries.reserve_of(event.slug, queries.kept_of_event(event.id)[0].rule.id)
    later = _values(release_at=day + dt.timedelta(days=3))
    services.change_reserve(kept, version=kept.row.row_version, by=PORTAL, **later)
    waits = confirmed(event, sector=NGO)
    assert statuses(waits) == ["waiting"]
    frozen_clock.shift(days=2)
    assert services.release_due() == 1
    assert statuses(waits) == ["confirmed"]


def test_nothing_is_kept_in_what_is_over_or_of_another_event(app: Flask, frozen_clock: FrozenClock) -> None:
    event, other = congress(2), congress(2)
    keep(event, 1, LOCAL)
    kept = queries.reserve_of(event.slug, queries.kept_of_event(event.id)[0].rule.id)
    elsewhere = make_session(other, seats=2)
    with pytest.raises(Conflict):
        keep(event, 1, NGO, session=elsewhere)
    db.session.rollback()
    assert services.remove_reserve(kept, by=PORTAL)
    with pytest.raises(Conflict):
        services.change_reserve(kept, version=1, by=PORTAL, **_values())
    db.session.rollback()
    frozen_clock.set(event.ends_at)
    with pytest.raises(Conflict):
        keep(event, 1, NGO)

"""The demo in any size: as many of each as were asked for, and everything that follows from them is right at once."""

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask

from portal import demo, rebuilding
from portal.commands.demonstration import SIZES, load
from portal.declaration import declared
from portal.events.models import Event, EventStatus
from portal.events.queries import by_slug
from portal.ground.db import Base, db
from portal.membership.models import Membership, MembershipEvent, Network, NetworkSize
from portal.news.models import Post, PostStatus
from portal.organisations.models import Organisation, OrganisationStatus
from portal.projects.models import Project, ProjectState
from portal.registration.demo.sizes import BIG
from portal.registration.models import Booking, EventSeats, Registration, RegistrationStatus, SessionSeats
from portal.words.search import SearchDocument, search
from tests.support.rebuilding import quietly, state

SIZE = 30


def made(name: str, size: int = SIZE) -> int:
    return demo.enlarge(name, size, seed=1)


def number(model: type[Base], *where: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*where)) or 0


@pytest.fixture
def large(app: Flask) -> Flask:
    for name in SIZES:
        made(name)
    return app


def test_every_size_has_a_feature_that_makes_it(app: Flask) -> None:
    assert set(SIZES) == {name for feature in declared() for name in feature.demo.enlarge}


def test_there_are_as_many_of_each_as_were_asked_for(large: Flask) -> None:
    assert number(Organisation, Organisation.status == OrganisationStatus.PUBLISHED) == SIZE
    assert number(Network) == SIZE
    assert number(Event, Event.status == EventStatus.PUBLISHED) == SIZE + 1  # the big one is made for the registrations
    assert number(Registration) == SIZE
    assert number(Project, Project.state == ProjectState.PUBLISHED) == SIZE
    assert number(Post, Post.status == PostStatus.PUBLISHED) == SIZE
    assert number(SearchDocument) == 5 * SIZE + 1


def test_asking_again_adds_only_what_is_missing(large: Flask) -> None:
    assert [made(name) for name in SIZES if name != "events"] == [0, 0, 0, 0, 0]
    assert [made(name, SIZE + 2) for name in SIZES] == [2, 2, 1, 2, 2, 2]


def test_the_same_seed_makes_the_same_things(app: Flask) -> None:
    made("organisations")
    names = db.session.scalars(sa.select(Organisation.slug).order_by(Organisation.id)).all()
    made("organisations", 2 * SIZE)
    again = db.session.scalars(
        sa.select(Organisation.name).where(Organisation.id > SIZE).order_by(Organisation.id)
    ).all()
    first = db.session.scalars(
        sa.select(Organisation.name).where(Organisation.id <= SIZE).order_by(Organisation.id)
    ).all()
    assert len(set(names)) == SIZE
    assert [name.source for name in first] == [name.source for name in again]


def test_everything_that_can_be_made_anew_is_right_already(large: Flask) -> None:
    before = state()
    rebuilding.rebuild_search(quietly)
    rebuilding.rebuild_counters(quietly)
    assert state() == before


def test_networks_have_members_each_with_the_step_that_led_there(large: Flask) -> None:
    assert db.session.scalar(sa.select(sa.func.sum(NetworkSize.members))) == number(Membership) > SIZE
    assert number(MembershipEvent, MembershipEvent.to_status == "active") == number(Membership)


def test_the_last_who_register_wait_and_no_seat_is_given_twice(large: Flask) -> None:
    event = by_slug(BIG)
    assert event is not None and event.seats == 27
    rows = sa.select(Registration.status).where(Registration.event_id == event.id).order_by(Registration.queue_at)
    states = db.session.scalars(rows).all()
    assert states == [RegistrationStatus.CONFIRMED] * 27 + [RegistrationStatus.WAITING] * 3
    assert db.session.scalar(sa.select(EventSeats.taken)) == 27
    booked = number(Booking, Booking.status == "booked")
    assert booked == db.session.scalar(sa.select(sa.func.sum(SessionSeats.taken))) > 0
    assert number(Booking) == SIZE


def test_what_was_made_is_found(large: Flask) -> None:
    kinds = {hit.kind for word in ("siec", "stowarzyszenie", "spotkanie", "swietlica", "ogrod") for hit in
             search(word, lang="pl", limit=100).items}  # fmt: skip
    assert kinds == {"organisation", "network", "event", "post", "project"}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_command_makes_each_size_after_what_it_builds_on(app: Flask) -> None:
    asked = [part for name in SIZES for part in (f"--{name}", "70")]
    with app.app_context():
        told = CliRunner().invoke(load, asked, obj=None)
    assert told.exit_code == 0, told.output
    assert (number(Network), number(Registration, Registration.event_id == by_slug(BIG).id)) == (70, 70)

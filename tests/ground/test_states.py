"""The one door between states: only under lock, only along the table, by whoever is on its side."""

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.events.models import Event
from portal.events.services.states import EVENTS
from portal.ground import audit, clock, locks
from portal.ground.authz import PORTAL, NotAllowed
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal, Refusals
from portal.ground.states import START, begin, change_state
from portal.news.models import Post, PostStatus
from portal.news.services.states import POSTS, publish_post
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.services.states import PROFILES, change_status
from portal.registration.models import BookingStatus, RegistrationStatus
from portal.registration.services.states import BOOKINGS, REGISTRATIONS
from tests.factories.events import make_event
from tests.factories.news import make_post
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person

S = PostStatus
HELD = {"with_for_update": True, "populate_existing": True}
sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_a_row_that_is_not_held_keeps_its_state(app: Flask) -> None:
    post = make_post(state="draft")
    with pytest.raises(RuntimeError, match="under lock"):
        change_state(POSTS, post, S.PUBLISHED, by=PORTAL)
    with pytest.raises(RuntimeError, match="under lock"), transaction() as session:
        change_state(POSTS, session.get_one(Post, post.id), S.PUBLISHED, by=PORTAL)
    assert db.session.get_one(Post, post.id, populate_existing=True).status == S.DRAFT


def test_a_lock_ends_with_its_transaction_and_with_a_savepoint_that_is_undone(app: Flask) -> None:
    number = make_post(state="draft").id
    with transaction() as session:
        post = session.get_one(Post, number)
        with pytest.raises(Refusal), transaction() as inner:
            assert locks.is_held(inner.get_one(Post, number, **HELD))
            raise Refusal("No.")
        assert not locks.is_held(post)
        assert locks.is_held(session.get_one(Post, number, **HELD))
    with transaction() as session:
        assert not locks.is_held(session.get_one(Post, number))


def test_a_lock_of_one_table_does_not_hold_the_rows_that_it_joins(app: Flask) -> None:
    number = make_post(make_organisation(), state="draft").id
    with transaction() as session:
        query = sa.select(Post, Organisation).join(Organisation, Organisation.id == Post.organisation_id)
        post, organisation = session.execute(query.where(Post.id == number).with_for_update(of=Post)).one()
        assert locks.is_held(post)
        assert not locks.is_held(organisation)


@sqlite
def test_nobody_takes_no_step_and_the_portal_takes_it_by_name(app: Flask) -> None:
    post = make_post(state="draft")
    with pytest.raises(NotAllowed):
        publish_post(post, by=None)
    waits = make_organisation(status="pending")  # a visitor has no role in it, like those who decide; it is no right
    with pytest.raises(NotAllowed):
        change_status(waits, OrganisationStatus.PUBLISHED, by=None)
    publish_post(post, by=PORTAL)


@sqlite
def test_what_is_set_before_a_refused_step_is_undone_with_it(app: Flask) -> None:
    post = make_post(state="draft")
    with pytest.raises(Refusal), transaction() as session:
        row = session.get_one(Post, post.id, **HELD)
        row.slug = "inny"
        change_state(POSTS, row, S.PUBLISHED, by=make_person(account=False))
    assert db.session.get_one(Post, post.id, populate_existing=True).slug != "inny"


@sqlite
def test_all_guards_are_heard_at_once(app: Flask) -> None:
    event = make_event(status="draft", starts_at=clock.now() - dt.timedelta(days=30))
    with pytest.raises(Refusals) as refused, transaction() as session:
        change_state(EVENTS, session.get_one(Event, event.id, **HELD), "published", by=PORTAL)
    assert len(refused.value.parts) == 2


@sqlite
def test_the_trail_keeps_where_a_step_came_from_and_its_reason(app: Flask) -> None:
    organisation = make_organisation(status="published")
    with transaction() as session:
        row = session.get_one(Organisation, organisation.id, **HELD)
        change_state(PROFILES, row, OrganisationStatus.SUSPENDED, by=PORTAL, reason="  Skargi.  ")
    detail = db.session.scalars(sa.select(audit.AuditDetail.detail).order_by(audit.AuditDetail.number.desc())).first()
    assert detail == '{"from": "published", "reason": "Skargi."}'


def test_a_set_is_moved_only_by_plain_steps() -> None:
    assert "booking" in str(BOOKINGS.moving([BookingStatus.WAITING], BookingStatus.BOOKED))
    with pytest.raises(LookupError):
        BOOKINGS.moving([BookingStatus.RELEASED], BookingStatus.BOOKED)
    with pytest.raises(LookupError):
        BOOKINGS.moving([BookingStatus.WAITING, BookingStatus.RELEASED], BookingStatus.BOOKED)
    with pytest.raises(LookupError):
        REGISTRATIONS.moving([RegistrationStatus.CONFIRMED], RegistrationStatus.CANCELLED)
    with pytest.raises(LookupError, match="belongs to every step"):
        PROFILES.moving([OrganisationStatus.PENDING], OrganisationStatus.DRAFT)


def test_a_row_is_born_only_in_a_state_of_the_table() -> None:
    assert BOOKINGS.born(BookingStatus.WISHED) == "wished"
    with pytest.raises(LookupError):
        BOOKINGS.born(BookingStatus.RELEASED)
    assert not any(POSTS.ways(START, S.UNPUBLISHED))


@sqlite
def test_a_first_step_that_the_table_does_not_know_is_refused(app: Flask) -> None:
    post = make_post(state="unpublished")
    with pytest.raises(Conflict), transaction() as session:
        begin(POSTS, session.get_one(Post, post.id, **HELD), by=PORTAL)

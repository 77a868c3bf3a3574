"""Index and counters are made anew while people write: nothing that they wrote meanwhile is lost."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask import Flask

from portal import rebuilding
from portal.accounts.models import Person
from portal.ground.authz import PORTAL
from portal.ground.bitmaps import numbers_of
from portal.ground.db import db, transaction
from portal.ground.errors import Busy
from portal.membership.models import Network
from portal.membership.services import update_network
from portal.organisations import services as organisations
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.queries.bitmaps import known
from portal.organisations.services.facets import rebuild
from portal.registration import services as registration
from portal.registration.models import EventSeats, Registration, RegistrationStatus
from portal.words.search import search
from tests.support.rebuilding import quietly, state


@contextmanager
def meanwhile(app: Flask, work: Callable[[], bool]) -> Iterator[list[BaseException]]:
    """Do something again and again in another thread until it says that it is done, or the block is left."""
    stop, errors = threading.Event(), list[BaseException]()

    def run() -> None:
        with app.app_context():
            while not stop.is_set():
                try:
                    if work():
                        return
                except Busy:
                    db.session.rollback()
                except BaseException as error:
                    errors.append(error)
                    return

    thread = threading.Thread(target=run)
    thread.start()
    yield errors
    stop.set()
    thread.join()


def hide_and_show(numbers: list[int]) -> Callable[[], bool]:
    """Take the next profile off the site and put it back: index, directory and counts follow each time."""

    def work() -> bool:
        organisation = db.session.get_one(Organisation, numbers[0])
        organisations.change_status(organisation, OrganisationStatus.HIDDEN, by=PORTAL)
        organisations.change_status(organisation, OrganisationStatus.PUBLISHED, by=PORTAL)
        numbers.append(numbers.pop(0))
        return False

    return work


def cancel(numbers: list[int]) -> Callable[[], bool]:
    """Cancel the next registration: places become free, and others get them."""

    def work() -> bool:
        registration.cancel(numbers[0])
        numbers.pop(0)
        return not numbers

    return work


def test_rebuild_is_right_while_people_write(filled: Flask) -> None:
    public = sa.select(Organisation.id).where(Organisation.status == OrganisationStatus.PUBLISHED)
    profiles = list(db.session.scalars(public))
    confirmed = sa.select(Registration.id).where(Registration.status == RegistrationStatus.CONFIRMED)
    places = list(db.session.scalars(confirmed))
    db.session.rollback()
    with meanwhile(filled, hide_and_show(profiles)) as first, meanwhile(filled, cancel(places)) as second:
        for _ in range(2):
            done = [*rebuilding.rebuild_search(quietly), *rebuilding.rebuild_counters(quietly)]
            assert not any(one.failed for one in done)
    assert (first, second) == ([], [])
    after = state()
    rebuilding.rebuild_search(quietly)
    rebuilding.rebuild_counters(quietly)
    assert {name: rows for name, rows in state().items() if after[name] != rows} == {}


@contextmanager
def in_the_middle(app: Flask, work: Callable[[], None]) -> Iterator[list[float]]:
    """Somebody else is in the middle of a use-case, which ends half a second later; yields the moment of its end."""
    begun, ended = threading.Event(), list[float]()

    def run() -> None:
        with app.app_context(), transaction():
            work()
            begun.set()
            time.sleep(0.5)
            ended.append(time.monotonic())

    thread = threading.Thread(target=run)
    thread.start()
    assert begun.wait(10)
    yield ended
    thread.join()


def assert_right() -> None:
    """What is kept is what a rebuild would make now."""
    now = state()
    rebuilding.rebuild_search(quietly)
    rebuilding.rebuild_counters(quietly)
    assert {name: rows for name, rows in state().items() if now[name] != rows} == {}


def one(statement: "sa.Select[int]") -> int:
    number = db.session.scalars(statement.limit(1)).one()
    db.session.rollback()
    return number


def test_network_that_is_renamed_meanwhile_is_found_by_its_new_name(filled: Flask) -> None:
    number = one(sa.select(Network.id))

    def rename() -> None:
        network, person = db.session.get_one(Network, number), db.session.get_one(Person, 1)
        texts = {"name": "Sieć Przemianowana", "summary": "", "description": ""}
        same = {"timezone": network.timezone, "contact_email": network.contact_email, "version": network.row_version}
        update_network(network, language="pl", **texts, **same, by=person)

    with in_the_middle(filled, rename):
        rebuilding.rebuild_search(quietly)
    assert [hit.id for hit in search("przemianowana", lang="pl").items] == [number]
    assert_right()


def test_place_that_is_given_up_meanwhile_is_free(filled: Flask) -> None:
    confirmed = sa.select(Registration.id).join(EventSeats, EventSeats.event_id == Registration.event_id)
    number = one(confirmed.where(Registration.status == RegistrationStatus.CONFIRMED))
    with in_the_middle(filled, lambda: registration.cancel(number)):
        rebuilding.rebuild_counters(quietly)
    assert_right()


def test_profile_that_goes_off_the_site_meanwhile_is_in_no_bitmap(filled: Flask) -> None:
    number = one(sa.select(Organisation.id).where(Organisation.status == OrganisationStatus.PUBLISHED))

    def hide() -> None:
        organisation = db.session.get_one(Organisation, number)
        organisations.change_status(organisation, OrganisationStatus.HIDDEN, by=PORTAL)

    with in_the_middle(filled, hide):
        rebuild()
    assert number not in numbers_of(known().everything)
    assert_right()

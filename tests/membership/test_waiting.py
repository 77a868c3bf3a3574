"""What waits for somebody who decides, first on the page of their account."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from portal.ground import clock
from portal.ground.db import db, transaction
from portal.membership import queries
from portal.membership.models import Membership, Network
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person

pytestmark = pytest.mark.both_engines
NOON = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)


def applied(network: Network, moment: dt.datetime, status: str = "submitted") -> None:
    """An application of that moment."""
    made = make_application(network, status=status)
    with transaction() as session:
        session.execute(sa.update(Membership).where(Membership.id == made.id).values(applied_at=moment))


@pytest.mark.parametrize("zone", ["Europe/Warsaw", "Europe/Sofia"])
@pytest.mark.parametrize(
    ("hours", "late"), [(-60, 1), (-1, 1), (1, 0), (60, 0)]
)  # after the midnight that began the last day in time
def test_late_is_counted_by_the_same_calendar_as_the_days_in_the_list(
    app: Any, zone: str, hours: int, late: int
) -> None:
    with clock.frozen(NOON):
        coordinator = make_person()
        network = make_network(coordinators=(coordinator,), timezone=zone)
        midnight = clock.from_wall(dt.datetime(2026, 11, 14), zone)
        applied(network, midnight + dt.timedelta(hours=hours))
        db.session.rollback()
        task = queries.tasks_of(coordinator)[0]
        assert queries.decidable(coordinator, 3) == (1, late, [task])
        assert (task.days_left < 0) == bool(late)


def test_who_decides_finds_first_what_waits_with_the_late_ones_in_words(app: Any, as_person: Any) -> None:
    coordinator = make_person()
    network = make_network(coordinators=(coordinator,))
    applied(network, clock.now() - dt.timedelta(days=20))
    applied(network, clock.now() - dt.timedelta(days=1))
    applied(network, clock.now() - dt.timedelta(days=30), "more-info")
    page = as_person(coordinator).get("/en/account/").text
    assert page.index("Waiting for you") < page.index("Networks that you coordinate")
    assert "<b>1</b> <span>case is late</span>" in page
    assert "<b>1</b> <span>case in time</span>" in page
    assert "6 days late" in page
    assert page.count(">Decide<") == 2
    assert "Waiting for you" not in as_person(make_person()).get("/en/account/").text


def test_who_decides_and_has_nothing_to_do_is_told_so(app: Any, as_person: Any) -> None:
    coordinator = make_person()
    make_network(coordinators=(coordinator,))
    page = as_person(coordinator).get("/en/account/").text
    assert "Nothing is waiting for you." in page
    assert "case" not in page.partition("Waiting for you")[2].partition("</section>")[0]


def test_oldest_cases_are_those_that_the_coordinator_may_decide(app: Any, as_person: Any) -> None:
    coordinator = make_person()
    network = make_network(coordinators=(coordinator, make_person()))
    own = make_application(network, make_organisation(coordinator, name="Własna"), coordinator)
    with transaction() as session:
        asked = clock.now() - dt.timedelta(days=40)
        session.execute(sa.update(Membership).where(Membership.id == own.id).values(applied_at=asked))
    applied(network, clock.now() - dt.timedelta(days=1))
    found = queries.decidable(coordinator, 1)
    assert (found.all, found.late) == (1, 0)
    assert [task.is_mine for task in found.first] == [True]
    page = as_person(coordinator).get("/en/account/").text
    assert page.count(">Decide<") == 1 and "case is late" not in page

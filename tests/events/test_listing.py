"""The list of events: what it can be narrowed to, with numbers that are true, and calendars to subscribe to."""

import datetime as dt
from typing import Any

import icalendar
import pytest

from portal.events import queries, services
from portal.events.queries import Wanted
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.membership.models import Membership, MembershipStatus
from tests.factories.events import make_event, make_network
from tests.factories.organisations import make_organisation

CHOICES = [
    {"kind": "training"}, {"theme": "1"}, {"region": "PL-10"}, {"language": "bg"}, {"access": "lift"}, {"online": True},
]  # fmt: skip


@pytest.fixture
def two(app: Any, frozen_clock: Any) -> tuple[Any, Any]:
    """One event that everything fits, and one that nothing fits."""
    fits = make_event(
        kind="training", themes="1,12", region="PL-10", languages="bg,pl", access="lift,toilet", mode="hybrid"
    )
    return fits, make_event(kind="fair", themes="11,2", region="PL-02", languages="en", access="step-free")


def entries_of(answer: Any) -> list[Any]:
    return list(icalendar.Calendar.from_ical(answer.data).walk("VEVENT"))


@pytest.mark.parametrize("chosen", CHOICES, ids=lambda chosen: next(iter(chosen)))
def test_each_filter_keeps_what_fits_and_nothing_else(client: Any, two: Any, chosen: dict[str, Any]) -> None:
    fits, other = two
    query = {name: "1" if value is True else value for name, value in chosen.items()}
    page = client.get("/en/events", query_string=query).text
    assert f"/events/{fits.slug}" in page and f"/events/{other.slug}" not in page
    assert queries.number_listed(Wanted(**chosen), past=False) == 1


def test_number_beside_a_value_is_what_one_sees_when_one_chooses_it(client: Any, two: Any) -> None:
    make_event(kind="training", themes="2")
    for wanted in (Wanted(), Wanted(kind="training"), Wanted(kind="training", theme="2")):
        for name, numbers in queries.numbers_by_code(wanted, past=False).items():
            for code, number in numbers.items():
                asked = Wanted(**{**wanted.said, name: code})
                assert queries.number_listed(asked, past=False) == number, (wanted, name, code)


def test_a_code_is_no_part_of_another_code(two: Any) -> None:
    assert queries.number_listed(Wanted(theme="1"), past=False) == 1, "theme 1 is not 11 or 12"


def test_what_is_no_code_narrows_nothing(client: Any, two: Any) -> None:
    page = client.get("/en/events?kind=%25&theme=x&region=PL%2599&language=%27&access=_")
    assert all(f"/events/{one.slug}" in page.text for one in two)


def test_filters_that_nothing_fits_say_so_and_offer_the_way_back(client: Any, two: Any) -> None:
    page = client.get("/en/events?kind=debate").text
    assert "No event fits all of this." in page and 'href="/en/events"' in page


def test_list_asks_as_often_for_many_events_as_for_one(client: Any, two: Any, count_queries: Any) -> None:
    numbers = []
    for _round in range(2):
        with count_queries() as seen:
            client.get("/en/events?kind=training&past=1")
        numbers.append(len(seen))
        for _event in range(6):
            make_event(kind="training", themes="3,4")
    assert numbers[0] == numbers[1] <= 10, numbers


def test_calendar_holds_all_public_events_cancelled_ones_marked_and_no_drafts(client: Any, two: Any) -> None:
    gone, _stays = two
    make_event(status="draft", slug="szkic")
    services.cancel_event(gone, reason="Powódź", by=PORTAL)
    answer = client.get("/pl/events.ics")
    assert answer.mimetype == "text/calendar" and "Content-Disposition" not in answer.headers
    entries = entries_of(answer)
    assert sorted(str(one["status"]) for one in entries) == ["CANCELLED", "CONFIRMED"]
    assert "szkic" not in answer.text


def test_calendar_of_a_network_has_its_members_events_and_that_of_an_organisation_its_own(
    client: Any, two: Any
) -> None:
    network, organisation = make_network("Doliny", slug="doliny"), make_organisation()
    with transaction() as session:
        session.add(Membership(
            network_id=network.id, organisation_id=organisation.id, status=MembershipStatus.ACTIVE,
            decided_at=clock.now(),
        ))  # fmt: skip
    own, of_network = make_event(organisation=organisation), make_event(network)
    text = client.get("/pl/networks/doliny/events.ics").text
    assert own.slug in text and of_network.slug in text and two[0].slug not in text
    text = client.get(f"/pl/organisations/{organisation.slug}/events.ics").text
    assert own.slug in text and of_network.slug not in text
    assert client.get("/pl/networks/nie-ma/events.ics").status_code == 404


def test_calendar_is_the_same_file_until_something_changes_and_then_only_the_changed_entry(
    client: Any, two: Any
) -> None:
    before = client.get("/pl/events.ics")
    etag = before.headers["ETag"]
    assert client.get("/pl/events.ics", headers={"If-None-Match": etag}).status_code == 304
    services.cancel_event(two[0], reason="Powódź", by=PORTAL)
    after = client.get("/pl/events.ics", headers={"If-None-Match": etag})
    assert after.status_code == 200
    uids = [{str(one["uid"]): one.to_ical() for one in entries_of(file)} for file in (before, after)]
    changed = {uid for uid in uids[0] if uids[0][uid] != uids[1][uid]}
    assert changed == {f"event-{two[0].id}@127.0.0.1"}


def test_what_is_long_over_leaves_the_calendar(client: Any, two: Any, frozen_clock: Any) -> None:
    frozen_clock.shift(days=110)
    assert "VEVENT" not in client.get("/pl/events.ics").text
    assert queries.in_calendar() == []


def test_page_of_an_event_says_what_awaits_people(client: Any, two: Any) -> None:
    page = client.get(f"/en/events/{two[0].slug}").text
    box = page.partition("When and where</h2>")[2].partition("</dl>")[0]
    for words in ("training", "on site and online", "Bulgarian, Polish", "lift, accessible toilet"):
        assert words in box, words


def test_event_without_a_town_is_online_only_where_it_says_so(client: Any, app: Any, frozen_clock: Any) -> None:
    make_event(town="", mode="online", slug="zdalnie")
    assert "Online" in client.get("/en/events").text
    services.cancel_event(queries.by_slug("zdalnie"), reason="x", by=PORTAL)
    frozen_clock.shift(days=40)
    make_event(town="", starts_at=clock.now() + dt.timedelta(days=2))
    page = client.get("/en/events").text
    assert "Dom Tkacza" in page

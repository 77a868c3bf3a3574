"""What an event asks those who register: built by its organisers, in each language, until it is cancelled."""

from typing import Any

import pytest

from portal.events import queries, services
from portal.ground.authz import PORTAL, NotAllowed
from portal.ground.errors import Refusal
from portal.questions.models import QuestionKind
from tests.factories.events import ask, make_coordinator, make_event, make_network, make_team_member, refreshed
from tests.factories.networks import make_question

K = QuestionKind
pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def network() -> Any:
    return make_network()


@pytest.fixture
def organiser(network: Any) -> Any:
    return make_coordinator(network)


def test_organiser_adds_a_question_of_each_kind_but_a_file(network: Any, organiser: Any, as_person: Any) -> None:
    event, browser = make_event(network), as_person(organiser)
    address = f"/pl/events/{event.slug}/questions"
    assert "Jeśli trzeba wiedzieć więcej" in browser.get(address).text
    offered = browser.get(f"{address}/new").text
    more = {K.CHOICE: {"new_1": "Tak", "new_2": "Nie"}, K.SEVERAL: {"new_1": "A", "new_2": "B"}}
    kinds = [kind for kind in K if kind is not K.FILE]
    for kind in kinds:
        assert f"?kind={kind}" in offered
        browser.follow(browser.submit(f"{address}/new?kind={kind}", {"text": f"Sprawa {kind}?", **more.get(kind, {})}))
    assert "?kind=file" not in offered
    assert "kind=text" in browser.get(f"{address}/new?kind=file").text, "the choice of a kind, and no form"
    assert [one.kind for one in queries.questions_of(event.id)] == kinds


def test_event_asks_for_no_files_whoever_says_so(network: Any) -> None:
    with pytest.raises(Refusal):
        ask(make_event(network), kind="file")


def test_questions_are_translated_moved_and_retired(network: Any, organiser: Any, as_person: Any) -> None:
    event, browser = make_event(network), as_person(organiser)
    first, second = ask(event, "Pierwsze?"), ask(event, "Drugie?")
    address = f"/pl/events/{event.slug}/questions"
    browser.follow(browser.submit(f"{address}/{first.id}?text=bg", {"text": "Първо?"}))
    browser.follow(browser.submit(address, action=f"{address}/{second.id}/up"))
    assert [one.id for one in queries.questions_of(event.id)] == [second.id, first.id]
    browser.follow(browser.submit(address, action=f"{address}/{second.id}/down"))
    browser.follow(browser.submit(address, action=f"{address}/{second.id}/retire"))
    (left,) = queries.questions_of(event.id)
    assert (left.id, left.question.text.get("bg")) == (first.id, "Първо?")
    assert "Nie są już zadawane" in browser.get(address).text or "Drugie?" in browser.get(address).text


def test_refused_move_says_why_on_the_list(network: Any, organiser: Any, as_person: Any) -> None:
    event, browser = make_event(network), as_person(organiser)
    first = ask(event, kind="choice")
    second = ask(event, condition=f"{first.id}:o1")
    address = f"/en/events/{event.slug}/questions"
    moved = browser.submit(address, action=f"{address}/{second.id}/up")
    assert moved.status_code == 409 and "cannot be asked earlier" in moved.text


def test_question_of_another_event_or_network_is_not_found(network: Any, organiser: Any, as_person: Any) -> None:
    event, other = make_event(network), make_event(network)
    ask(event)
    foreign = [ask(other), make_question(network)]
    browser = as_person(organiser)
    for one in foreign:
        assert browser.get(f"/pl/events/{event.slug}/questions/{one.id}").status_code == 404


def test_questions_of_a_cancelled_event_stay_as_they_were(network: Any) -> None:
    event = make_event(network)
    one = ask(event)
    asked = queries.question_of(event.slug, one.id)
    assert asked is not None
    services.cancel_event(event, reason="Powódź", by=PORTAL)
    with pytest.raises(Refusal):
        services.retire_question(asked, by=PORTAL)


def test_whoever_lost_the_right_meanwhile_builds_nothing(network: Any) -> None:
    event = make_event(network)
    desk = make_team_member(event, "desk")
    with pytest.raises(NotAllowed):
        services.add_question(event, kind=K.TEXT, language="pl", text="Skąd?", required=True, hint="", by=desk)


def test_first_question_leaves_the_event_at_its_version(network: Any) -> None:
    event = make_event(network)
    before = refreshed(event).row_version
    ask(event)
    assert refreshed(event).row_version == before

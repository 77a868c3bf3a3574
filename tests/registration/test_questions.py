"""What people answer to the questions of an event: asked with the form, kept with it, changed by its link, gone with them."""

import re
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts import services as account_services
from portal.accounts.facts import PeopleJoined
from portal.events import queries as event_queries
from portal.events import services as events
from portal.events.models import Event
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusals
from portal.ground.facts import announce
from portal.questions import queries as questions
from portal.questions.models import Answer, AnswerSet
from portal.registration import services
from portal.registration.models import Registration
from portal.registration.services import DETAILS_KEPT, ENDED_KEPT
from tests.factories.events import ask, make_event, make_session, make_slot, refreshed
from tests.factories.people import make_person
from tests.factories.registrations import confirmed, submit
from tests.questions.test_privacy import handed_out
from tests.support.client import CheckedClient

TYPED = {"name": "Ola Próbna", "email": "ola@example.org"}


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event()


@pytest.fixture
def lunch(event: Event) -> Any:
    """A choice, and a question that is asked only after its first answer."""
    first = ask(event, "Czy zjesz obiad?", kind="choice", added=["Tak", "Nie"])
    ask(event, "Co jesz?", condition=f"{first.id}:o1")
    return first


def follow(event: Event) -> Any:
    return next(one for one in questions.asked(refreshed(event).question_set_id) if one.condition)


def register(event: Event) -> str:
    return f"/pl/events/{event.slug}/register"


def latest() -> Registration:
    return db.session.scalars(sa.select(Registration).order_by(Registration.id.desc()).limit(1)).one()


def told(registration: Registration) -> dict[str, str]:
    """The answers of a registration in words, by the words of the question."""
    found = questions.answers(refreshed(registration).answer_set_id)
    return {one.question.text.source: one.answer.text or str(one.answer.number or one.answer.day) for one in found}


def test_answers_wait_with_the_form_and_are_the_persons_once_it_is_confirmed(
    event: Event, lunch: Any, client: CheckedClient
) -> None:
    more = {f"question_{lunch.id}": "o1", f"question_{follow(event).id}": "Pierogi"}
    assert client.submit(register(event), {**TYPED, **more}).status_code == 303
    one = latest()
    assert told(one) == {"Czy zjesz obiad?": "Tak", "Co jesz?": "Pierogi"}
    kept = db.session.get_one(AnswerSet, one.answer_set_id)
    assert (kept.person_id, kept.personal) == (None, True), "nobody has confirmed the address yet"
    services.confirm(one.id)
    db.session.expire_all()
    person = refreshed(one).person_id
    assert person is not None
    assert {kept.person_id, *db.session.scalars(sa.select(Answer.person_id))} == {person}


def test_question_that_applies_has_to_be_answered(event: Event, lunch: Any, client: CheckedClient) -> None:
    nothing = client.submit(register(event), TYPED)
    assert nothing.status_code == 422 and "Wybierz jedną" in nothing.text
    half = client.submit(register(event), {**TYPED, f"question_{lunch.id}": "o1"})
    assert half.status_code == 422 and "Odpowiedz na to pytanie." in half.text
    with pytest.raises(Refusals):
        submit(event)
    with pytest.raises(Refusals):
        submit(event, filled={"answers": {lunch.id: "o1"}})
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Registration)) == 0


def test_question_whose_condition_is_not_met_is_neither_needed_nor_kept(
    event: Event, lunch: Any, client: CheckedClient
) -> None:
    assert client.submit(register(event), {**TYPED, f"question_{lunch.id}": "o2"}).status_code == 303
    typed = {**TYPED, "email": "inna@example.org", f"question_{follow(event).id}": "Pierogi"}
    assert client.submit(register(event), {**typed, f"question_{lunch.id}": "o2"}).status_code == 303
    assert told(latest()) == {"Czy zjesz obiad?": "Nie"}


def test_refused_form_keeps_every_answer_and_choice(event: Event, lunch: Any, client: CheckedClient) -> None:
    slot = make_slot(event)
    workshop = make_session(event, slot=slot)
    age = ask(event, "Ile masz lat?", kind="number", required=False)
    page = client.submit(
        register(event),
        {
            "name": "", "email": "ola@example.org", f"slot_{slot.id}": str(workshop.id), f"question_{lunch.id}": "o1",
            f"question_{follow(event).id}": "Ryż z jabłkami", f"question_{age.id}": "trzydzieści",
        },
    )  # fmt: skip
    assert page.status_code == 422
    assert "Ryż z jabłkami" in page.text and "trzydzieści" in page.text
    assert client.submit(page, {"name": "Ola Próbna", f"question_{age.id}": "30"}).status_code == 303
    assert told(latest()) == {"Czy zjesz obiad?": "Tak", "Co jesz?": "Ryż z jabłkami", "Ile masz lat?": "30"}


def test_looking_at_the_choice_loses_no_answer(event: Event, client: CheckedClient) -> None:
    slot = make_slot(event)
    make_session(event, slot=slot)
    one = ask(event)
    seen = client.submit(register(event), {f"question_{one.id}": "Z Łodzi"}, button="act=look")
    assert seen.status_code == 422 and "Z Łodzi" in seen.text and 'id="problems"' not in seen.text


def test_question_that_was_changed_meanwhile_is_asked_again(event: Event, client: CheckedClient) -> None:
    one, other = ask(event, "Skąd?"), ask(event, "Dokąd?", required=False)
    open_tab = client.get(register(event))
    asked = events_question(event, one.id)
    events.change_question(
        asked, version=asked.question.row_version, language="pl", by=PORTAL, text="Z jakiej miejscowości?", hint="",
        required=True, most_letters=None,
    )  # fmt: skip
    events.retire_question(events_question(event, other.id), by=PORTAL)
    sent = client.submit(open_tab, {**TYPED, f"question_{one.id}": "Łódź", f"question_{other.id}": "Do Sofii"})
    assert sent.status_code == 409 and "To pytanie brzmi teraz inaczej" in sent.text
    assert "Do Sofii" in sent.text, "what was typed to a question that is gone can be copied"
    assert client.submit(sent, {}).status_code == 303
    assert told(latest()) == {"Z jakiej miejscowości?": "Łódź"}


def events_question(event: Event, number: int) -> Any:
    db.session.rollback()
    return event_queries.question_of(event.slug, number)


def test_question_added_between_the_form_and_the_lock_is_a_conflict(event: Event) -> None:
    one = ask(event, required=False)
    with pytest.raises(Conflict):
        submit(event, filled={"answers": {one.id: "Łódź"}, "seen": {}, "read_in": "pl", "language": "pl"})


def test_signed_in_person_answers_at_once(event: Event, lunch: Any, as_person: Any) -> None:
    person = make_person("Ola Próbna", "ola@example.org")
    sent = as_person(person).submit(register(event), {f"question_{lunch.id}": "o2"})
    assert sent.status_code == 303 and "/registration/" in sent.location
    assert told(latest()) == {"Czy zjesz obiad?": "Nie"}
    assert db.session.scalars(sa.select(AnswerSet.person_id)).one() == person.id


def own(registration: Registration, language: str = "pl") -> str:
    return f"/{language}/registration/{services.open_own(registration.id).token}"


def test_own_page_shows_answers_and_its_form_changes_them(event: Event, lunch: Any, client: CheckedClient) -> None:
    registration = confirmed(event, filled={"answers": {lunch.id: "o1", follow(event).id: "Pierogi"}})
    page = own(registration)
    assert "Czy zjesz obiad?" in client.get(page).text and "Pierogi" in client.get(page).text
    before = refreshed(registration).row_version
    changed = client.submit(f"{page}/change", {f"question_{lunch.id}": "o2"})
    assert changed.status_code == 303
    assert told(registration) == {"Czy zjesz obiad?": "Nie"}
    assert refreshed(registration).row_version > before, "a page that was opened before knows other answers"


def test_retired_question_stays_on_the_own_page_with_its_answer(event: Event, client: CheckedClient) -> None:
    one = ask(event, "Skąd?")
    registration = confirmed(event, filled={"answers": {one.id: "Z Łodzi"}})
    events.retire_question(events_question(event, one.id), by=PORTAL)
    page = own(registration)
    assert "Z Łodzi" in client.get(page).text
    assert client.submit(f"{page}/change", {"affiliation": "Koło"}).status_code == 303
    assert told(registration) == {"Skąd?": "Z Łodzi"}


def test_stale_change_shows_both_versions_of_an_answer(event: Event, lunch: Any, client: CheckedClient) -> None:
    registration = confirmed(event, filled={"answers": {lunch.id: "o1", follow(event).id: "Pierogi"}})
    address = f"{own(registration)}/change"
    old_tab = client.get(address)
    client.submit(address, {f"question_{follow(event).id}": "Kasza"})
    stale = client.submit(old_tab, {f"question_{follow(event).id}": "Naleśniki"})
    assert stale.status_code == 409 and "Kasza" in stale.text and "Naleśniki" in stale.text
    assert told(registration)["Co jesz?"] == "Kasza"
    assert client.submit(stale, {}).status_code == 303
    assert told(registration)["Co jesz?"] == "Naleśniki"


def test_consent_given_in_another_tab_is_told_in_words(event: Event, client: CheckedClient) -> None:
    photo = ask(event, "Zgadzam się na zdjęcia.", kind="consent", required=False)
    address = f"{own(confirmed(event))}/change"
    old_tab = client.get(address)
    assert client.submit(address, {f"question_{photo.id}": "y"}).status_code == 303
    stale = client.submit(old_tab, {"affiliation": "Koło"})
    assert stale.status_code == 409
    assert re.search(r'class="theirs".*?>tak<.*?class="ours".*?>nie<', stale.text, re.DOTALL)


def test_answers_are_behind_the_own_link_alone(event: Event, client: CheckedClient) -> None:
    one = ask(event, "Skąd?")
    confirmed(event, filled={"answers": {one.id: "Z Łodzi"}})
    stranger = confirmed(event, filled={"answers": {one.id: "Z Sofii"}}, name="Inna Osoba")
    assert "Z Łodzi" not in client.get(own(stranger)).text
    assert "Z Łodzi" not in client.get(f"{own(stranger)}/change").text


def count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_answers_go_with_the_account(event: Event) -> None:
    one, person = ask(event, "Skąd?"), make_person("Ola Próbna", "ola@example.org")
    first = confirmed(event, email="ola@example.org", name="Ola Próbna", filled={"answers": {one.id: "Z Łodzi"}})
    second = confirmed(event, email="ola@example.org", name="Jan Próbny", filled={"answers": {one.id: "Z Sofii"}})
    submit(event, email="ola@example.org", name="Iga Próbna", filled={"answers": {one.id: "Znikąd"}})
    told_of = {row["text"] for row in handed_out(person)["answer.json"]}
    assert told_of == {"Z Łodzi", "Z Sofii"}, "of everybody for whom this address answers"
    account_services.erase_person(person.id, by=person)
    db.session.rollback()
    assert (count(Answer), count(AnswerSet)) == (0, 0)
    assert [refreshed(row).name for row in (first, second)] == ["", ""]


def test_answers_of_a_shared_mailbox_go_though_the_address_has_changed(event: Event) -> None:
    """A registration of somebody else stays with the old address; its answers are of the account all the same."""
    one, person = ask(event, "Skąd?"), make_person("Ola Próbna", "ola@example.org")
    confirmed(event, email="ola@example.org", name="Ola Próbna", filled={"answers": {one.id: "Z Łodzi"}})
    other = confirmed(event, email="ola@example.org", name="Jan Próbny", filled={"answers": {one.id: "Z Sofii"}})
    with transaction() as session:
        session.execute(sa.update(Registration).where(Registration.id == other.id).values(email="obcy@example.org"))
    account_services.erase_person(person.id, by=person)
    db.session.rollback()
    assert (count(Answer), refreshed(other).answer_set_id) == (0, None)


def test_answers_go_a_year_after_the_event(event: Event) -> None:
    one = ask(event, "Skąd?")
    registration = confirmed(event, filled={"answers": {one.id: "Z Łodzi"}})
    with clock.frozen(refreshed(event).ends_at + DETAILS_KEPT * 1.01):
        assert services.purge() == 2, "an answer and a name"
    assert (count(Answer), count(AnswerSet), refreshed(registration).name) == (0, 0, "")


def test_answers_that_nobody_confirmed_go_with_the_form(event: Event) -> None:
    one = ask(event, "Skąd?")
    submit(event, filled={"answers": {one.id: "Z Łodzi"}})
    with clock.frozen(clock.now() + ENDED_KEPT):
        services.expire()
    with clock.frozen(clock.now() + 3 * ENDED_KEPT):
        assert services.remove_old() == 1
    assert (count(Answer), count(AnswerSet)) == (0, 0)


def test_answers_follow_when_two_people_turn_out_to_be_one(event: Event) -> None:
    one, kept = ask(event, "Skąd?"), make_person()
    registration = confirmed(event, filled={"answers": {one.id: "Z Łodzi"}})
    gone = refreshed(registration).person_id
    with transaction():
        announce(PeopleJoined(gone_id=gone, kept_id=kept.id))
    assert set(db.session.scalars(sa.select(AnswerSet.person_id))) == {kept.id}
    assert [row["text"] for row in handed_out(kept)["answer.json"]] == ["Z Łodzi"]


def test_questions_cost_three_statements_and_nothing_where_there_are_none(
    event: Event, client: CheckedClient, count_queries: Any
) -> None:
    other = make_event()
    for number in range(6):
        ask(other, f"Pytanie {number}?", kind=("text", "choice", "number")[number % 3], required=False)
    client.get(register(event))
    asked = {}
    for one in (event, other):
        with count_queries() as pages:
            client.get(register(one))
        first = questions.asked(refreshed(one).question_set_id)
        values = {row.id: {"text": "Łódź", "choice": "o1", "number": Decimal(3)}[row.kind] for row in first}
        registration = submit(one, filled={"answers": values})
        db.session.rollback()
        with count_queries() as confirming:
            services.confirm(registration.id)
        asked[one.id] = (len(pages), len(confirming))
    form, confirming = (more - few for few, more in zip(asked[event.id], asked[other.id], strict=True))
    assert (form, confirming) == (3, 2)

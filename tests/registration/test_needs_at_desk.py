"""What somebody needs who has no mailbox: written down by whom they call, with consent, read by the access coordinator alone."""

from typing import Any

import pytest
import sqlalchemy as sa

from portal.events.models import Event
from portal.ground.authz import NotAllowed
from portal.ground.db import db
from portal.ground.errors import Conflict, Refusal
from portal.registration import queries, services
from portal.registration.models import Registration
from tests.factories.events import make_team_member, refreshed
from tests.factories.registrations import confirmed
from tests.fixtures.pages import Outbox

PHONE = "+48 600 100 200"


@pytest.fixture
def reader(event: Event) -> Any:
    return make_team_member(event, "access")


def called(event: Event, desk: Any) -> Registration:
    done = services.add(
        event, by=desk, name="Janina Dzwon", email="", phone=PHONE, locale="pl", affiliation="", wanted=[], accepts_waiting=False
    )  # fmt: skip
    return db.session.get_one(Registration, done.registration_id)


def needs(registration: Registration) -> dict[str, str | None]:
    db.session.rollback()
    return {one.kind: one.note for one in queries.needs_of(registration.id)}


def write(registration: Registration, by: Any, *kinds: str, note: str = "", agrees: bool = True) -> None:
    services.ask_for(registration.id, kinds=kinds, note=note, agrees=agrees, by=by)


def test_desk_writes_down_and_cannot_read(event, desk, reader, as_person, outbox: Outbox) -> None:
    registration = called(event, desk)
    outbox.deliver()
    browser = as_person(desk)
    file = f"/en/events/{event.slug}/participants/{registration.id}"
    assert f"{file}/needs" in browser.get(file).text
    page = browser.get(f"{file}/needs")
    refused = browser.submit(page, {"way": ["step-free"], "note": "Próg w drzwiach"})
    assert refused.status_code == 422 and "Tick that the access coordinator may read this." in refused.text
    assert "Próg w drzwiach" in refused.text and needs(registration) == {}
    done = browser.submit(refused, {"agrees": "y"})
    assert done.status_code == 303 and needs(registration) == {"step-free": None, "other": "Próg w drzwiach"}
    (mail,) = outbox.deliver()
    assert mail["To"] == reader.email and "Próg" not in outbox.text(mail) and registration.name not in outbox.text(mail)
    again = browser.get(f"{file}/needs").text
    assert "Próg" not in again and "checked" not in again.partition("<main")[2].partition("</main")[0]
    assert "Próg" not in browser.get(file).text
    assert browser.get(f"/en/events/{event.slug}/needs").status_code == 403


def test_it_is_sealed_and_the_same_list_has_it(event, desk, reader, as_person) -> None:
    registration = called(event, desk)
    write(registration, desk, "induction-loop", note="orzechy ziemne")
    db.session.rollback()
    rows = db.session.execute(sa.text("SELECT kind, note FROM need")).all()
    assert len(rows) == 2 and not [one for row in rows for one in row if one and ("loop" in one or "orzechy" in one)]
    services.note_look(event, by=reader)
    listed = as_person(reader).get(f"/en/events/{event.slug}/needs/list").text
    assert registration.name in listed and PHONE in listed and "orzechy ziemne" in listed


def test_written_down_beside_what_is_there(event, desk, reader) -> None:
    person = confirmed(event)
    services.ask(person.id, kinds=["captions"], note="Siedzę z przodu", agrees=True)
    number = queries.needs_of(person.id)[0].id
    services.answer(queries.need_of(event.slug, number), version=1, status="arranged", how="Na ekranie", by=reader)
    write(person, desk, "step-free", note="Bez orzechów")
    write(person, desk, "step-free", note="Bez orzechów")
    assert needs(person) == {"captions": None, "step-free": None, "other": "Siedzę z przodu\nBez orzechów"}
    assert {one.kind: one.status for one in queries.needs_of(person.id)}["captions"] == "arranged"


def test_consent_taken_back_on_the_telephone_deletes_everything(event, desk, reader, as_person) -> None:
    registration = called(event, desk)
    write(registration, desk, "step-free", note="Próg")
    browser = as_person(desk)
    page = browser.get(f"/en/events/{event.slug}/participants/{registration.id}/needs")
    done = browser.follow(browser.submit(page, {"act": "forget"}))
    assert "Nothing of what this person needs is kept any more." in done.text and needs(registration) == {}


def test_refused_without_words_consent_reader_or_registration(event, desk) -> None:
    registration = called(event, desk)
    for kinds, agrees, words in (([], True, "Tick what the person needs"), (["braille"], True, "Nobody of the team")):
        with pytest.raises(Refusal) as refused:
            write(registration, desk, *kinds, agrees=agrees)
        assert words in str(refused.value.reason)
    make_team_member(event, "access")
    with pytest.raises(Refusal) as refused:
        write(registration, desk, "braille", agrees=False)
    assert refused.value.field == "agrees"
    services.cancel(registration.id)
    with pytest.raises(Conflict):
        write(registration, desk, "braille")


def test_only_whoever_acts_for_people_writes_and_deletes(event, desk, reader) -> None:
    registration = called(event, desk)
    for by in (reader, make_team_member(event, "door")):
        with pytest.raises(NotAllowed):
            write(registration, by, "braille")
        with pytest.raises(NotAllowed):
            services.forget_needs(registration.id, by=by)
    assert needs(registration) == {}


def test_answer_is_told_by_whoever_arranged_it(event, desk, reader, as_person) -> None:
    registration = called(event, desk)
    write(registration, desk, "step-free")
    number = queries.needs_of(registration.id)[0].id
    services.answer(
        queries.need_of(event.slug, number), version=1, status="arranged", how="Wejście od podwórza", by=reader
    )
    calls = as_person(desk).get(f"/en/events/{event.slug}/calls").text
    assert "calls and tells you the answer" in calls or "zadzwoni" in calls
    assert "podwórza" not in calls and refreshed(registration).status == "confirmed"

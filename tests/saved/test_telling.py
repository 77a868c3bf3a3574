"""What is new in a saved search is told: at once or for a week, in the language of whoever reads it."""

import datetime as dt
from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.ground.db import transaction
from portal.mail import Frequency, Kind, preferences
from portal.mail.preferences import How
from portal.organisations import services as profiles
from portal.saved import services
from portal.saved.services import telling
from tests.factories.freshness import aged
from tests.factories.organisations import fresh, make_organisation, words
from tests.factories.people import make_person
from tests.factories.saved import again, ask, keep, searching, told
from tests.fixtures.pages import FrozenClock, Outbox
from tests.saved.letters import S, letters, set_status


def test_new_organisation_is_told_at_once_and_one_time(app: Flask, reader: Person, outbox: Outbox) -> None:
    make_organisation(name="Była wcześniej")
    keep(reader)
    assert services.tell_all() == 0
    there = make_organisation(name="Łąka")
    make_organisation(name="Gdzie indziej", region="PL-14", town="Radom")
    outbox.deliver()
    assert services.tell_all() == 1
    assert services.tell_all() == 0
    (letter,) = outbox.deliver()
    text = outbox.text(letter)
    assert letter["To"] == "rumiana@example.org"
    assert letter["Subject"] == "Ново в запазено търсене: 1 организация"
    assert "Łąka (Zgierz)" in text and f"/bg/organisations/{there.slug}" in text
    assert "/bg/organisations?region=PL-10" in text
    assert "\nОбласт или войводство: Лодзко" in text.replace("\r", "")
    assert "Była" not in text and "Gdzie" not in text


def test_draft_is_told_when_it_is_published_and_not_before(app: Flask, reader: Person) -> None:
    keep(reader)
    organisation = make_organisation(status="draft")
    assert services.tell_all() == 0
    set_status(organisation, S.PENDING)
    assert services.tell_all() == 0
    set_status(organisation, S.PUBLISHED)
    assert services.tell_all() == 1


def test_public_again_is_new_only_to_who_was_not_told_before(app: Flask, reader: Person) -> None:
    organisation = make_organisation(status="hidden")
    saved = keep(reader)
    assert told(saved) == set()
    set_status(organisation, S.PUBLISHED)
    assert services.tell_all() == 1
    for _ in range(2):
        set_status(organisation, S.HIDDEN)
        services.tell_all()
        set_status(organisation, S.PUBLISHED)
        assert services.tell_all() == 0
    assert told(saved) == {organisation.id}


def test_edit_that_makes_an_organisation_fit_is_told(app: Flask, reader: Person, frozen_clock: FrozenClock) -> None:
    owner = make_person()
    organisation = make_organisation(owner, name="Lipa", themes=["1"])
    for wanted in (searching(theme="5"), searching("kajaki")):
        keep(reader, wanted)
    assert services.tell_all() == 0
    for changes in ({"themes": ["1", "5"]}, {"summary": "Pływamy na kajakach.", "themes": ["1", "5"]}):
        frozen_clock.shift(hours=3)
        assert services.tell_all() == 0
        changed = fresh(organisation)
        profiles.update(changed, by=owner, version=changed.row_version, **words(name="Lipa", **changes))
        assert services.tell_all() == 1
    assert services.tell_all() == 0


def test_what_wakes_after_a_long_sleep_is_told(app: Flask, reader: Person) -> None:
    from portal.freshness.services import ask_all

    owner = make_person()
    organisation = aged(make_organisation(owner), 600)
    ask_all()
    keep(reader)
    assert services.tell_all() == 0
    profiles.confirm(fresh(organisation), by=owner)
    assert services.tell_all() == 1


def test_weekly_search_gathers_a_week_and_says_nothing_when_nothing_is_new(
    app: Flask, reader: Person, outbox: Outbox, frozen_clock: FrozenClock
) -> None:
    keep(reader, frequency=Frequency.WEEKLY)
    outbox.deliver()
    arrived: dict[int, list[str]] = {}
    for day in range(29):
        if day in (1, 4, 8, 23):
            make_organisation(name=f"Dzień {day}")
            outbox.deliver()
        services.tell_all()
        services.tell_all()
        if found := outbox.deliver():
            (letter,) = found
            arrived[day] = [line.split(" (")[0] for line in outbox.text(letter).splitlines() if "Dzień" in line]
        frozen_clock.shift(days=1)
    assert arrived == {7: ["Dzień 1", "Dzień 4"], 14: ["Dzień 8"], 28: ["Dzień 23"]}


def test_letter_names_ten_and_says_how_many_more_there_are(app: Flask, reader: Person, outbox: Outbox) -> None:
    keep(reader)
    for number in range(12):
        make_organisation(name=f"Koło {number:02}")
    outbox.deliver()
    assert services.tell_all() == 1
    (letter,) = outbox.deliver()
    text = outbox.text(letter)
    assert letter["Subject"] == "Ново в запазено търсене: 12 организации"
    named = [line.split(" (")[0] for line in text.splitlines() if line.startswith("Koło")]
    assert named == [f"Koło {number:02}" for number in range(10)]
    assert "Още организации в списъка на това търсене: 2" in text
    assert services.tell_all() == 0


@pytest.mark.parametrize(
    ("locale", "subject", "sentence"),
    [
        (
            "pl",
            "Nowość w zapisanym wyszukiwaniu: 1 organizacja",
            "W\u00a0zapisanym wyszukiwaniu pojawiły się organizacje:",
        ),
        ("bg", "Ново в запазено търсене: 1 организация", "В запазено търсене се появиха тези организации:"),
        ("en", "New in a saved search: 1 organisation", "These organisations have come to a search that you keep:"),
    ],
)
def test_letter_comes_in_the_language_of_the_account_and_can_be_ended_by_one_click(
    app: Flask, outbox: Outbox, locale: str, subject: str, sentence: str
) -> None:
    keep(make_person(email="kto@example.org", locale=locale), searching("lipa", country="PL"))
    make_organisation(name="Lipa | [druga]")
    outbox.deliver()
    services.tell_all()
    (letter,) = outbox.deliver()
    text = outbox.text(letter)
    assert letter["Subject"] == subject and sentence in text
    assert "Lipa / (druga)" in text and 'href="' in outbox.html(letter)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"/{locale}/organisations?q=lipa&country=PL" in text


def test_one_click_ends_mails_of_this_kind_alone(app: Flask, reader: Person, outbox: Outbox, client: Any) -> None:
    keep(reader)
    make_organisation()
    outbox.deliver()
    services.tell_all()
    (letter,) = outbox.deliver()
    path = str(letter["List-Unsubscribe"]).strip("<>").partition("8000")[2]
    answer = client.post(path, data={"List-Unsubscribe": "One-Click"}, headers={"Origin": ""})
    assert answer.status_code == 200
    wishes = preferences.of_mailbox(reader.address)
    assert {kind for kind, wish in wishes.items() if wish == Frequency.NEVER} == {Kind.SAVED_SEARCH}
    make_organisation()
    outbox.deliver()
    services.tell_all()
    assert not outbox.deliver()


def test_of_searches_that_are_never_told_nothing_comes_and_nothing_is_made_up_for(app: Flask, reader: Person) -> None:
    saved = keep(reader, frequency=Frequency.NEVER)
    make_organisation()
    assert services.tell_all() == 0
    services.change(saved.id, frequency=Frequency.IMMEDIATE, by=reader)
    assert services.tell_all() == 0
    make_organisation()
    assert services.tell_all() == 1


def test_unconfirmed_search_is_told_nothing_before_its_owner_says_yes(app: Flask) -> None:
    saved = ask(frequency="immediate")
    organisation = make_organisation()
    assert services.tell_all() == 0
    services.confirm(saved.id, by=again(saved.id).reader)
    assert services.tell_all() == 1
    assert told(saved) == {organisation.id}


def test_wish_of_the_mailbox_is_asked_by_the_outbox(app: Flask, reader: Person) -> None:
    keep(reader)
    with transaction():
        preferences.choose(reader.address, {Kind.SAVED_SEARCH: Frequency.NEVER}, how=How.ACCOUNT)
    make_organisation()
    services.tell_all()
    assert [one.state for one in letters()] == ["unwanted"]


def test_weekly_search_is_owed_after_seven_days_and_not_before(
    app: Flask, reader: Person, frozen_clock: FrozenClock
) -> None:
    keep(reader, frequency=Frequency.WEEKLY)
    make_organisation()
    frozen_clock.shift(days=6, hours=23)
    assert services.tell_all() == 0
    frozen_clock.shift(hours=1)
    assert services.tell_all() == 1
    assert dt.timedelta(days=7) == telling.WEEK

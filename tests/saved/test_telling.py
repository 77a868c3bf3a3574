"""What is new in a saved search is told once: at once or for a week, whoever looks and however often it is cut short."""

import datetime as dt
import itertools
import random
import threading
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import mail
from portal.accounts.models import Person
from portal.declaration import facets
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.batches import noted
from portal.ground.bitmaps import numbers_of
from portal.ground.db import db, transaction
from portal.mail import Frequency, Kind, Mail, preferences
from portal.mail.preferences import How
from portal.organisations import services as profiles
from portal.organisations.models import KIND, Organisation, OrganisationStatus
from portal.organisations.queries import Filters, Found
from portal.saved import queries, services
from portal.saved.models import DirectoryNews, SavedSearch
from portal.saved.queries import news
from portal.saved.searches import Search
from portal.saved.services import telling
from portal.words import search as index
from tests.factories.freshness import aged
from tests.factories.organisations import fresh, make_organisation, words
from tests.factories.people import make_person
from tests.factories.saved import again, ask, keep, searching, told
from tests.fixtures.pages import FrozenClock, Outbox
from tests.support.queries import recorded

S = OrganisationStatus
LETTERS = sa.select(Mail).where(Mail.kind == Kind.SAVED_SEARCH).order_by(Mail.id)


def letters() -> list[Mail]:
    db.session.rollback()
    return list(db.session.scalars(LETTERS))


def set_status(organisation: Organisation, status: OrganisationStatus) -> None:
    profiles.change_status(fresh(organisation), status, by=PORTAL)


@pytest.fixture
def reader(app: Flask) -> Person:
    return make_person("Rumiana", "rumiana@example.org", locale="bg")


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


def test_what_is_hidden_before_its_turn_is_not_told_until_it_is_public(
    app: Flask, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look has found it, and it goes before the mail is queued."""
    saved = keep(reader)
    organisation = make_organisation()
    tell = telling._tell

    def hidden_first(*arguments: Any) -> int:
        set_status(organisation, S.HIDDEN)
        return tell(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(telling, "_tell", hidden_first)
        assert services.tell_all() == 0
    assert told(saved) == set()
    set_status(organisation, S.PUBLISHED)
    assert services.tell_all() == 1


def test_edit_that_makes_an_organisation_fit_is_told(app: Flask, reader: Person) -> None:
    owner = make_person()
    organisation = make_organisation(owner, name="Lipa", themes=["1"])
    for wanted in (searching(theme="5"), searching("kajaki")):
        keep(reader, wanted)
    assert services.tell_all() == 0
    changed = fresh(organisation)
    values = words(name="Lipa", themes=["1", "5"], summary="Pływamy na kajakach.")
    profiles.update(changed, by=owner, version=changed.row_version, **values)
    assert services.tell_all() == 2
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


def test_broken_search_stops_no_other_and_is_tried_again(app: Flask, reader: Person) -> None:
    first, second, third = (keep(reader, searching(theme=code, region="PL-10")) for code in ("1", "2", "3"))
    good = again(second.id).filters
    make_organisation(themes=["1", "2", "3"])
    with transaction() as session:
        session.execute(sa.update(SavedSearch).where(SavedSearch.id == second.id).values(filters='{"words": 5}'))
    with noted() as failures:
        assert services.tell_all() == 2
    assert failures.number == 1
    with transaction() as session:
        session.execute(sa.update(SavedSearch).where(SavedSearch.id == second.id).values(filters=good))
    assert services.tell_all() == 1
    assert told(first) == told(second) == told(third)


def test_search_with_a_filter_that_is_gone_finds_nothing_instead_of_more(app: Flask, reader: Person) -> None:
    saved = keep(reader, searching(region="PL-10 PL-14"))
    left = Search.of("", {"region": ["PL-10", "XX-99"]})
    with transaction() as session:
        session.execute(sa.update(SavedSearch).where(SavedSearch.id == saved.id).values(filters=left.stored))
    make_organisation()
    assert services.tell_all() == 0
    gone = Search.of("", {"colour": ["red"], "region": ["PL-10"]})
    with transaction() as session:
        session.execute(sa.update(SavedSearch).where(SavedSearch.id == saved.id).values(filters=gone.stored))
    make_organisation()
    assert services.tell_all() == 0


def test_mail_and_mark_are_kept_together_or_not_at_all(
    app: Flask, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = keep(reader)
    organisation = make_organisation()

    queue = mail.queue

    class Killed(BaseException):
        pass

    def queued_then_killed(message: Any) -> None:
        queue(message)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(telling.mail, "queue", queued_then_killed)
        with pytest.raises(Killed):
            services.tell_all()
    assert not letters() and told(saved) == set()
    assert services.tell_all() == 1
    assert told(saved) == {organisation.id} and len(letters()) == 1


def test_two_workers_at_once_tell_once(app: Flask, reader: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have looked and found the same before either of them writes."""
    saved = keep(reader)
    organisation = make_organisation()
    tell, both = telling._tell, threading.Barrier(2, timeout=30)

    def together(*arguments: Any) -> int:
        db.session.rollback()
        both.wait()
        return tell(*arguments)

    results: list[int] = []

    def work() -> None:
        with app.app_context():
            results.append(services.tell_all())

    with monkeypatch.context() as patched:
        patched.setattr(telling, "_tell", together)
        threads = [threading.Thread(target=work) for _ in range(2)]
        for one in threads:
            one.start()
        for one in threads:
            one.join(60)
    assert sorted(results) == [0, 1]
    assert len(letters()) == 1 and told(saved) == {organisation.id}


def test_change_that_was_committed_late_is_not_missed(app: Flask, reader: Person, frozen_clock: FrozenClock) -> None:
    """It was noted ten minutes before the look and seen after it."""
    saved = keep(reader)
    frozen_clock.shift(hours=3)
    make_organisation(name="Za wcześnie", region="PL-14", town="Radom")
    services.tell_all()
    frozen_clock.shift(minutes=-10)
    organisation = make_organisation()
    frozen_clock.shift(minutes=15)
    assert services.tell_all() == 1
    assert told(saved) == {organisation.id}


def test_clock_that_goes_back_stops_nothing(app: Flask, reader: Person, frozen_clock: FrozenClock) -> None:
    for frequency, theme in ((Frequency.IMMEDIATE, "1"), (Frequency.WEEKLY, "2")):
        keep(reader, searching(theme=theme), frequency=frequency)
    frozen_clock.shift(days=30)
    make_organisation(themes=["3"])
    services.tell_all()
    frozen_clock.shift(days=-30)
    make_organisation(themes=["1", "2"])
    assert services.tell_all() == 2
    assert services.tell_all() == 0


def test_news_that_every_search_has_seen_are_forgotten_and_no_others(
    app: Flask, reader: Person, frozen_clock: FrozenClock
) -> None:
    keep(reader, frequency=Frequency.WEEKLY)
    organisation = make_organisation()
    frozen_clock.shift(days=5)
    services.forget_news()
    assert db.session.scalars(sa.select(DirectoryNews.organisation_id)).all() == [organisation.id]
    frozen_clock.shift(days=2)
    assert services.tell_all() == 1
    frozen_clock.shift(hours=2)
    services.forget_news()
    db.session.rollback()
    assert not db.session.scalars(sa.select(DirectoryNews.organisation_id)).all()


def test_what_came_while_a_search_waited_for_a_yes_is_told_after_it(app: Flask, frozen_clock: FrozenClock) -> None:
    saved = ask(frequency="immediate")
    organisation = make_organisation()
    frozen_clock.shift(days=6)
    services.forget_news()
    services.confirm(saved.id, by=again(saved.id).reader)
    assert services.tell_all() == 1
    assert told(saved) == {organisation.id}


def test_searches_are_tested_in_memory_and_not_each_by_a_query(app: Flask, reader: Person) -> None:
    others = [make_person() for _ in range(6)]
    for person in others:
        for theme in "123456789":
            keep(person, searching("drzewa", theme=theme, region="PL-14"))
    make_organisation(themes=["1"])
    with recorded() as few:
        assert services.tell_all() == 0
    for person in others:
        for theme in "123456789":
            keep(person, searching("lasy", theme=theme, region="PL-14"))
    with recorded() as many:
        assert services.tell_all() == 0
    assert len(many) == len(few)


SOME = ("lipa", "drzewa", "koło", "stara zagora", "ka", "seniorów", "xyz", "зора")


def test_news_answer_as_the_directory_does(app: Flask) -> None:
    """Random searches over random organisations, words too, in memory and by the index."""
    picked = random.Random(3)
    owner = make_person()
    for number in range(24):
        country = picked.choice(["PL", "BG"])
        place = {
            "PL": [("PL-10", "Zgierz"), ("PL-14", "Radom")],
            "BG": [("BG-24", "Стара Загора"), ("BG-16", "Пловдив")],
        }
        region, town = picked.choice(place[country])
        make_organisation(
            owner, country=country, language="pl" if country == "PL" else "bg", region=region, town=town,
            themes=picked.sample(["1", "2", "5"], 2), name=picked.choice(["Lipa", "Koło", "Зора"]) + f" {number}",
            summary=picked.choice(["Dla seniorów.", "Sadzimy drzewa.", "За хората."]),
            status=picked.choice(["published", "published", "hidden"]),
        )  # fmt: skip
    found = queries.news_since(None, clock.now())
    known = {facet.name: list(Found(Filters()).codes_of(facet)) for facet in facets()}
    names = [name for name, codes in known.items() if codes]
    fitted = 0
    for _ in range(300):
        chosen = {
            name: picked.sample(known[name], min(len(known[name]), picked.choice([1, 2])))
            for name in picked.sample(names, picked.choice([0, 1, 2]))
        }
        search = Search.of(picked.choice(["", *SOME]) if chosen else picked.choice(SOME), chosen)
        expected = numbers_of(Found(search.filters).bits)
        fitted += bool(expected)
        assert found.fitting(search) == expected, search
    assert fitted > 50
    for query in SOME:
        texts = index.indexed_words(KIND, range(1, 40))
        mine = [number for number, text in texts.items() if index.is_found(query, text)]
        assert mine == sorted(index.matching_numbers(query, KIND)), query


def test_many_new_organisations_are_asked_of_the_index_once(
    app: Flask, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "FEW", 2)
    saved = keep(reader, searching("lipa"))
    made = [make_organisation(name=f"Lipa {number}").id for number in range(4)]
    make_organisation(name="Dąb")
    assert services.tell_all() == 1
    assert told(saved) == set(made)


def test_search_without_filters_that_was_stored_anyway_finds_nothing(app: Flask) -> None:
    make_organisation()
    assert queries.news_since(None, clock.now()).fitting(Search()) == []


def test_first_names_come_in_the_alphabet_of_the_reader_and_from_the_directory_alone(app: Flask) -> None:
    made = [make_organisation(name=name).id for name in ("Źródło", "Żubr", "Łąka", "Lipa")]
    hidden = make_organisation(name="Aaa", status="hidden").id
    first, numbers = queries.first_of([*made, hidden, 9999], "pl", 3)
    assert [one.name.source for one in first] == ["Lipa", "Łąka", "Źródło"]
    assert sorted(numbers) == sorted(made)


def test_order_of_what_is_told_over_many_runs_is_each_once(
    app: Flask, reader: Person, frozen_clock: FrozenClock
) -> None:
    """Publishing, hiding and looking in any order: every letter names others."""
    picked = random.Random(5)
    saved = keep(reader)
    made = [make_organisation(status="hidden") for _ in range(5)]
    for _ in range(30):
        one = fresh(picked.choice(made))
        set_status(one, S.HIDDEN if one.status == S.PUBLISHED else S.PUBLISHED)
        if picked.random() < 0.4:
            services.tell_all()
        frozen_clock.shift(minutes=picked.choice([1, 50, 200]))
    services.tell_all()
    named = list(itertools.chain.from_iterable(named_in(one) for one in letters()))
    assert len(named) == len(set(named)) == len(told(saved))


def named_in(letter: Mail) -> list[str]:
    import json

    return [one["link"] for one in json.loads(letter.payload or "{}")["context"]["organisations"]]


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

"""Keeping a search: by an account at once, by an address without one after a yes; what cannot be kept says what to do."""

import re
from typing import Any

import pytest
import sqlalchemy as sa

from portal.ground import limits
from portal.ground.db import db
from portal.ground.errors import Conflict, Refusal, TooMany
from portal.mail import Frequency, Mail
from portal.saved import queries, services
from portal.saved.models import SavedSearch
from portal.saved.searches import LONGEST, Search
from portal.saved.services import keeping
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.saved import again, ask, counted, keep, reader_of, searching, told

NEW = "/en/searches/new?region=PL-10"
LIST = "/en/searches"


def paths(outbox: Any, letter: Any) -> list[str]:
    return [path for path in outbox.paths(letter) if "/searches/" in path]


def test_directory_offers_to_keep_a_search_and_not_the_whole_list(app: Any, client: Any) -> None:
    make_organisation()
    assert "searches/new" not in client.get("/en/organisations").text
    page = client.get("/en/organisations?region=PL-10&q=lipa").text
    assert "/en/searches/new?q=lipa&amp;region=PL-10" in page
    assert "searches/new" not in client.get("/en/organisations?state=dormant").text


def test_account_keeps_a_search_by_one_form_and_sees_it_on_its_page(app: Any, as_person: Any, outbox: Any) -> None:
    make_organisation()
    person = make_person()
    browser = as_person(person)
    page = browser.get(NEW)
    assert "Region: Łódź" in page.text
    answer = browser.submit(page, {"frequency": "immediate"})
    assert answer.status_code == 303 and answer.location.endswith(LIST)
    shown = browser.get(LIST).text
    assert 'href="/en/organisations?region=PL-10"' in shown and "at once" in shown
    assert "1 saved search" in browser.get("/en/account").text
    assert not outbox.deliver()
    (saved,) = db.session.scalars(sa.select(SavedSearch)).all()
    assert saved.confirmed_at is not None and saved.locale == "en"


def test_same_search_once_more_only_changes_how_often(app: Any) -> None:
    person = make_person()
    first = keep(person, searching("Lipa  ma", region="PL-14 PL-10"), frequency="weekly")
    second = keep(person, searching(" lipa ma", region="PL-10 PL-14 PL-14"), frequency="immediate")
    assert first.id == second.id and counted() == (1, 1)
    assert again(first.id).frequency == Frequency.IMMEDIATE


def test_what_is_there_when_it_is_kept_is_known(app: Any) -> None:
    there = make_organisation()
    make_organisation(region="PL-14", town="Radom")
    assert told(keep(make_person())) == {there.id}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Choose a filter or type words first."),
        ("?state=dormant", "Choose a filter or type words first."),
        ("?q=...", "Type at least one letter or digit."),
        ("?region=XX-99", "Choose a filter or type words first."),
    ],
)
def test_search_that_cannot_be_kept_says_what_to_do(app: Any, as_person: Any, query: str, sentence: str) -> None:
    browser = as_person(make_person())
    page = browser.get(f"/en/searches/new{query}")
    assert page.status_code == 200 and sentence in page.text
    assert 'name="frequency"' not in page.text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(NEW).text)
    assert token
    sent = browser.post(f"/en/searches/new{query}", data={"csrf_token": token[1], "frequency": "weekly"})
    assert sent.status_code == 422 and sentence in sent.text
    assert counted() == (0, 0)


def test_services_refuse_what_no_page_offers(app: Any) -> None:
    person = make_person()
    many = Search.of("", {"theme": [f"{'x' * 90}{number}" for number in range(60)]})
    assert len(many.stored) > LONGEST
    for search, reason in (
        (searching(), keeping.EVERYTHING), (many, keeping.TOO_MANY_FILTERS), (searching(colour="red"), keeping.GONE),
        (searching(region="PL-10 XX-1"), keeping.GONE), (searching("!!"), keeping.NO_WORDS),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            services.keep(search, frequency="weekly", locale="pl", by=person)
        assert refused.value.reason is reason
        with pytest.raises(Refusal):
            services.ask(search, email="ewa@example.net", frequency="weekly", locale="pl")
    with pytest.raises(Refusal) as refused:
        services.keep(searching("lipa"), frequency="daily", locale="pl", by=person)
    assert refused.value.field == "frequency"
    assert counted() == (0, 0)


def test_only_so_many_are_kept(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST", 2)
    person = make_person(email="ola@example.org")
    first = keep(person, searching("a1"))
    keep(person, searching("a2"))
    with pytest.raises(Refusal) as refused:
        keep(person, searching("a3"))
    assert refused.value.reason is keeping.TOO_MANY
    keep(person, searching("a1"), frequency="never")
    waits = ask("ola@example.org", searching("a4"))
    with pytest.raises(Refusal):
        services.confirm(waits.id, by=reader_of(waits))
    services.end(first.id, by=person)
    services.confirm(waits.id, by=reader_of(waits))
    assert again(waits.id).confirmed_at is not None


def test_address_without_an_account_confirms_by_a_link_to_a_page_with_a_button(
    app: Any, as_person: Any, outbox: Any
) -> None:
    visitor = as_person(None)
    page = visitor.get("/bg/searches/new?region=PL-10")
    answer = visitor.submit(page, {"frequency": "weekly", "email": "Ewa@Example.net"})
    assert answer.status_code == 303 and answer.location.endswith("/bg/organisations?region=PL-10")
    assert "Изпратихме съобщение с връзка" in visitor.get(answer.location).text
    (letter,) = outbox.deliver()
    assert letter["To"] == "Ewa@example.net" and letter["Subject"] == "Потвърдете запазването на търсене"
    (path,) = paths(outbox, letter)
    page = visitor.get(path)
    (saved,) = db.session.scalars(sa.select(SavedSearch)).all()
    assert saved.confirmed_at is None and "очаква потвърждение" in page.text
    assert visitor.submit(page, {}, button="do=confirm").status_code == 303
    assert again(saved.id).confirmed_at is not None
    assert "обобщено веднъж седмично" in visitor.get(path).text


@pytest.mark.parametrize("known", [False, True])
def test_answer_and_number_of_mails_do_not_tell_whether_there_is_an_account(
    app: Any, as_person: Any, outbox: Any, known: bool
) -> None:
    if known:
        keep(make_person(email="ewa@example.net"), frequency="weekly")
    visitor = as_person(None)
    answer = visitor.submit(visitor.get(NEW), {"frequency": "weekly", "email": "ewa@example.net"})
    assert answer.status_code == 303
    said = visitor.get(answer.location).text
    assert "A message with a link is on its way." in said
    letters = outbox.deliver()
    assert [str(letter["To"]) for letter in letters] == ["ewa@example.net"]
    assert len(paths(outbox, letters[0])) == 1


def test_stranger_cannot_change_what_is_kept_for_an_address(app: Any, outbox: Any) -> None:
    person = make_person(email="ewa@example.net")
    saved = keep(person, frequency="never")
    ask("ewa@example.net", frequency="immediate")
    assert again(saved.id).frequency == Frequency.NEVER and counted() == (1, 1)
    (letter,) = outbox.deliver()
    assert "zapisane" in str(letter["Subject"]) or "запазено" in str(letter["Subject"])


def test_person_who_keeps_what_a_stranger_asked_for_needs_no_mail(app: Any) -> None:
    saved = ask("ewa@example.net")
    keep(make_person(email="ewa@example.net"), frequency="immediate")
    assert again(saved.id).confirmed_at is not None and again(saved.id).frequency == Frequency.IMMEDIATE


def test_waiting_searches_of_an_address_are_few_and_the_oldest_makes_room(app: Any, outbox: Any) -> None:
    asked = [ask("ewa@example.net", searching(f"slowo{number}")) for number in range(7)]
    left = queries.waiting_of(asked[0].reader_id)
    assert [one.id for one in left] == [one.id for one in asked[2:]]
    ask("ewa@example.net", searching("slowo6"))
    assert len(queries.waiting_of(asked[0].reader_id)) == keeping.MOST_WAITING
    assert len(outbox.deliver()) == keeping.MOST_WAITING  # those that were withdrawn are not sent


def test_mails_are_limited_for_an_address_and_for_a_network(app: Any, as_person: Any) -> None:
    visitor = as_person(None)
    most = limits.LIMITS["mail"].per_address
    for number in range(most):
        page = visitor.get(f"/en/searches/new?q=slowo{number}")
        assert visitor.submit(page, {"frequency": "weekly", "email": "ewa@example.net"}).status_code == 303
    page = visitor.get("/en/searches/new?q=jeszcze")
    late = visitor.submit(page, {"frequency": "weekly", "email": "ewa@example.net"})
    assert late.status_code == 429 and "ewa@example.net" in late.text
    with pytest.raises(TooMany):
        for _ in range(limits.LIMITS["mail"].per_ip + 1):
            limits.check("mail", ip="127.0.0.1")


def test_empty_form_says_what_is_missing_and_loses_nothing(app: Any, as_person: Any) -> None:
    visitor = as_person(None)
    answer = visitor.submit(visitor.get(NEW), {"frequency": "weekly", "email": "to nie adres"})
    assert answer.status_code == 422 and "to nie adres" in answer.text
    assert "This does not look like an e-mail address." in answer.text
    never = visitor.submit(visitor.get(NEW), {"frequency": "never", "email": "ewa@example.net"})
    assert never.status_code == 422 and counted() == (0, 0)


def test_unconfirmed_search_is_gone_after_a_week_with_its_address(app: Any, frozen_clock: Any) -> None:
    saved = ask()
    kept = keep(make_person())
    frozen_clock.shift(days=6)
    assert services.remove_old() == 0
    frozen_clock.shift(days=2)
    assert services.remove_old() == 1
    assert db.session.scalars(sa.select(SavedSearch.id)).all() == [kept.id]
    with pytest.raises(Conflict):
        services.confirm(saved.id, by=queries.reader_by_email("ewa@example.net"))  # type: ignore[arg-type]
    frozen_clock.shift(days=31)
    services.remove_old()
    assert counted() == (1, 1)


def test_number_of_searches_is_held_when_two_keep_at_once(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    monkeypatch.setattr(keeping, "MOST", 3)
    person = make_person()
    keep(person, searching("a1"))
    number, outcomes = person.id, list[bool]()

    def work(query: str) -> None:
        from portal.accounts.queries import person_by_id

        with app.app_context():
            somebody = person_by_id(number)
            assert somebody is not None
            try:
                services.keep(searching(query), frequency="weekly", locale="pl", by=somebody)
                outcomes.append(True)
            except Refusal:
                outcomes.append(False)

    threads = [threading.Thread(target=work, args=(f"b{number}",)) for number in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert sorted(outcomes) == [False] * 4 + [True] * 2
    assert counted() == (3, 1)


def test_mail_that_asks_goes_also_to_a_mailbox_that_wants_no_such_mail(app: Any, outbox: Any) -> None:
    """It is about the address itself: whoever wants the mails again can ask for them."""
    ask()
    assert [one.kind for one in db.session.scalars(sa.select(Mail)).all()] == ["account"]
    assert len(outbox.deliver()) == 1

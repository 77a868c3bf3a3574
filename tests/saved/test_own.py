"""The page of searches that are kept: changed and ended by whoever reads their mails, and by nobody else; followed and
forgotten with their reader."""

import datetime as dt
import re
from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts.models import EmailChange
from portal.accounts.queries import person_by_id, subject
from portal.accounts.services import address, erase_person
from portal.ground.authz import PORTAL
from portal.ground.checks import run
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict
from portal.mail import Frequency, Kind, preferences
from portal.mail.preferences import How
from portal.privacy.handing_out import rows_of
from portal.saved import queries, services
from portal.saved.invariants import checks
from portal.saved.models import SavedSearch
from portal.saved.privacy import PART
from portal.saved.searches import Search
from portal.saved.services import changing
from tests.factories.organisations import make_organisation
from tests.factories.people import make_account, make_person
from tests.factories.saved import again, ask, counted, keep, reader_of, searching

LIST = "/en/searches"


def link_in(outbox: Any) -> str:
    (letter,) = outbox.deliver()
    (path,) = [path for path in outbox.paths(letter) if "/searches/" in path]
    return str(path)


def token_of(page: Any) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert found
    return found[1]


def test_frequency_is_changed_and_search_ended_on_the_page(app: Any, as_person: Any) -> None:
    person = make_person()
    saved = keep(person, frequency="weekly")
    browser = as_person(person)
    change = f"{LIST}/{saved.id}"
    assert browser.submit(browser.get(LIST), {}, button="do=never", action=change).status_code == 303
    assert again(saved.id).frequency == Frequency.NEVER
    assert browser.submit(browser.get(LIST), {}, button="do=end", action=change).status_code == 303
    assert counted()[0] == 0
    assert "No search is kept yet." in browser.get(LIST).text


def test_others_find_no_search_that_is_not_theirs(app: Any, as_person: Any) -> None:
    saved = keep(make_person())
    other = make_person()
    keep(other, searching("lipa"))
    browser = as_person(other)
    answer = browser.post(f"{LIST}/{saved.id}", data={"csrf_token": token_of(browser.get(LIST)), "do": "end"})
    assert answer.status_code == 404 and counted()[0] == 2


def test_link_of_a_mail_opens_the_searches_of_its_mailbox_alone(app: Any, as_person: Any, outbox: Any) -> None:
    foreign = keep(make_person(), searching("inne"))
    saved = ask()
    path = link_in(outbox)
    visitor = as_person(None)
    page = visitor.get(path)
    assert "inne" not in page.text
    visitor.post(f"{path}/{foreign.id}", data={"csrf_token": token_of(page), "do": "end"})
    assert again(foreign.id)
    visitor.submit(visitor.get(path), {}, button="do=confirm", action=f"{path}/{saved.id}")
    visitor.submit(visitor.get(path), {}, button="do=immediate", action=f"{path}/{saved.id}")
    assert again(saved.id).frequency == Frequency.IMMEDIATE
    visitor.submit(visitor.get(path), {}, button="do=end", action=f"{path}/{saved.id}")
    assert counted()[0] == 1
    assert "Все още няма запазени търсения" in visitor.get(path).text


def test_account_sees_what_was_kept_for_its_address_without_it(app: Any, as_person: Any) -> None:
    saved = ask("ewa@example.net")
    services.confirm(saved.id, by=reader_of(saved))
    person = make_person(email="ewa@example.net")
    assert f"{LIST}/{saved.id}" in as_person(person).get(LIST).text


def test_search_with_a_filter_that_is_gone_says_so(app: Any, as_person: Any) -> None:
    person = make_person()
    saved = keep(person)
    for chosen in ({"region": ["PL-10", "XX-1"]}, {"colour": ["red"]}):
        with transaction() as session:
            stored = Search.of("", chosen).stored
            session.execute(sa.update(SavedSearch).where(SavedSearch.id == saved.id).values(filters=stored))
        page = as_person(person).get(LIST).text
        assert "cannot be used any more" in page and "do=confirm" not in page
        assert 'value="never"' not in page and 'value="end"' in page


def test_mailbox_that_ended_the_kind_is_told_and_can_begin_again(app: Any, as_person: Any) -> None:
    person = make_person()
    saved = keep(person)
    with transaction():
        preferences.choose(person.address, {Kind.SAVED_SEARCH: Frequency.NEVER}, how=How.ONE_CLICK)
    browser = as_person(person)
    page = browser.get(LIST)
    assert "Messages about saved searches are switched off" in page.text
    browser.post(f"{LIST}/{saved.id}", data={"csrf_token": token_of(page), "do": "resume"})
    assert preferences.of_mailbox(person.address)[Kind.SAVED_SEARCH] == Frequency.IMMEDIATE
    assert "switched off" not in browser.get(LIST).text


def test_unknown_wish_and_second_end_change_nothing(app: Any, as_person: Any) -> None:
    person = make_person()
    saved = keep(person)
    browser = as_person(person)
    token = token_of(browser.get(LIST))
    assert browser.post(f"{LIST}/{saved.id}", data={"csrf_token": token, "do": "daily"}).status_code == 303
    assert "Choose how often messages come." in browser.get(LIST).text
    assert browser.post(f"{LIST}/{saved.id}", data={"csrf_token": "x", "do": "end"}).status_code == 303
    assert again(saved.id).frequency == Frequency.IMMEDIATE
    services.end(saved.id, by=person)
    with pytest.raises(Conflict):
        services.end(saved.id, by=person)


def change_address(account: Any, new: str) -> None:
    with transaction() as session:
        change = EmailChange(account_id=account.id, address=new)
        session.add(change)
        session.flush()
        number = change.id
    address.confirm_email_change(number)
    db.session.rollback()


def test_searches_follow_another_address_and_old_links_are_dead(app: Any, as_person: Any, outbox: Any) -> None:
    account = make_account(email="stary@example.org")
    person = make_person_of(account)
    first, second = keep(person, searching("lipa")), ask("stary@example.org", searching("dab"))
    path = link_in(outbox)
    other = ask("nowy@example.org", searching("lipa"))
    outbox.deliver()
    change_address(account, "Nowy@example.org")
    outbox.deliver()
    assert as_person(None).get(path).status_code == 404
    reader = queries.reader_by_email("nowy@example.org")
    assert reader is not None and queries.reader_by_email("stary@example.org") is None
    kept = {one.id for one in queries.of_reader(reader.id)}
    assert second.id in kept and len(kept) == 2 and kept & {first.id, other.id}
    confirmed = [one for one in queries.of_reader(reader.id) if one.confirmed_at]
    assert [Search.read(one.filters).query for one in confirmed] == ["lipa"]
    letter_of(reader, "Lipa nowa", outbox)


def letter_of(reader: Any, name: str, outbox: Any) -> None:
    """A new organisation is told to a reader, where they read now."""
    make_organisation(name=name)
    outbox.deliver()
    assert services.tell_all() == 1
    assert [str(letter["To"]) for letter in outbox.deliver()] == [reader.address]


def test_of_two_searches_alike_the_confirmed_one_of_the_new_address_stays(app: Any, outbox: Any) -> None:
    account = make_account(email="stary@example.org")
    keep(make_person_of(account), searching("lipa"))
    there = ask("nowy@example.org", searching("lipa"))
    services.confirm(there.id, by=reader_of(there))
    change_address(account, "nowy@example.org")
    assert again(there.id).confirmed_at is not None and counted() == (1, 1)
    change_address(make_account(email="nic@example.org"), "dalej.nic@example.org")
    assert counted() == (1, 1)


def test_confirming_twice_is_confirming_once_and_link_resumes_the_kind(app: Any, frozen_clock: Any) -> None:
    saved = ask()
    services.confirm(saved.id, by=reader_of(saved))
    first = again(saved.id).confirmed_at
    frozen_clock.shift(hours=1)
    services.confirm(saved.id, by=reader_of(saved))
    assert again(saved.id).confirmed_at == first
    with transaction():
        preferences.choose("ewa@example.net", {Kind.SAVED_SEARCH: Frequency.NEVER}, how=How.LINK)
    services.resume(by=reader_of(saved))
    assert preferences.of_mailbox("ewa@example.net")[Kind.SAVED_SEARCH] == Frequency.IMMEDIATE


def test_what_changes_while_old_searches_are_removed_is_looked_at_again(app: Any, frozen_clock: Any) -> None:
    """Whoever confirms, or keeps one more, in the moment between finding and removing."""
    saved = ask()
    reader = reader_of(saved)
    services.confirm(saved.id, by=reader)
    assert changing._forget(saved.id) == 0 and changing._forget(9999) == 0
    assert changing._forget_reader(reader.id) == 0 and changing._forget_reader(9999) == 0
    assert counted() == (1, 1)


@pytest.mark.unsound
def test_check_finds_what_must_not_be(app: Any) -> None:
    saved = ask()
    with transaction() as session:
        early = {"letters": 1, "confirmed_at": None}
        session.execute(sa.update(SavedSearch).where(SavedSearch.id == saved.id).values(early))
    assert [fault.check for fault in run(checks())] == ["saved.told-unasked"]
    with transaction() as session:
        late = {"confirmed_at": saved.saved_at - dt.timedelta(hours=1)}
        session.execute(sa.update(SavedSearch).where(SavedSearch.id == saved.id).values(late))
    assert [fault.check for fault in run(checks())] == ["saved.confirmed-early"]


def make_person_of(account: Any) -> Any:
    return person_by_id(account.person_id)


def test_whoever_leaves_takes_searches_and_address_along(app: Any, as_person: Any, outbox: Any) -> None:
    person = make_person(email="ola@example.org")
    saved = keep(person, searching("seniorzy"))
    keep(make_person(), searching("inne"))
    make_organisation(name="Klub seniorów")
    services.tell_all()
    found = subject(person)
    handed = {holding.table.name: rows_of(holding, found) for holding in PART.holdings}
    assert [row["id"] for row in handed["saved_search"]] == [saved.id]
    assert "seniorzy" in str(handed["saved_search"])
    assert [row["email"] for row in handed["search_reader"]] == ["ola@example.org"]
    assert "Saved searches are deleted" in as_person(person).get("/en/account/delete").text
    erase_person(person.id, by=PORTAL)
    assert counted() == (1, 1)
    left = [str(letter["Subject"]) for letter in outbox.deliver() if letter["To"] == "ola@example.org"]
    assert not [words for words in left if "wyszukiwaniu" in words], left

"""People on a profile: shown by their own consent alone, for two years, and gone when they say so."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from portal.ground.db import db
from portal.organisations import queries, services
from portal.organisations.models import ListedPerson
from portal.organisations.services.entries import LISTED_WORDS, two_years_after
from portal.privacy.consents import hash_of
from portal.words.i18n import in_language
from tests.factories.organisations import list_somebody, make_member, make_organisation
from tests.factories.people import make_person

PAGE = "/en/organisations/lipa"
LIST = f"{PAGE}/people/listed"
ASKED = {"name": "Ewa Skarbniczka", "work": "skarbniczka", "email": "ewa@example.net"}


def entries() -> list[ListedPerson]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(ListedPerson).order_by(ListedPerson.id)))


def test_nobody_is_shown_before_they_agree_and_the_link_alone_changes_nothing(
    app: Any, as_person: Any, outbox: Any
) -> None:
    owner = make_person()
    make_organisation(owner, name="Lipa")
    assert as_person(owner).submit(LIST, ASKED).status_code == 303
    (asked,) = outbox.deliver()
    assert asked["To"] == "ewa@example.net"
    visitor = as_person(None)
    (link,) = [path for path in outbox.paths(asked) if "/listed/" in path]
    page = visitor.get(link)
    assert "Ewa Skarbniczka" in page.text and "may show my name" in page.text
    assert "Ewa Skarbniczka" not in visitor.get(PAGE).text
    assert entries()[0].confirmed_at is None
    answer = visitor.submit(page, {}, button="answer=yes")
    assert answer.status_code == 303
    shown = visitor.get(PAGE).text
    assert "Ewa Skarbniczka" in shown and "skarbniczka" in shown and "ewa@example.net" not in shown
    (entry,) = entries()
    assert (entry.consent_version, entry.consent_lang) == (LISTED_WORDS[0], "en")
    with in_language("en"):
        assert entry.consent_hash == hash_of(str(LISTED_WORDS[1]))


@pytest.mark.parametrize("agreed", [False, True])
def test_person_takes_the_entry_off_by_the_same_link_at_any_time(
    app: Any, as_person: Any, outbox: Any, frozen_clock: Any, agreed: bool
) -> None:
    owner = make_person()
    organisation = make_organisation(owner, name="Lipa")
    entry = list_somebody(organisation, owner)
    (asked,) = outbox.deliver()
    (link,) = [path for path in outbox.paths(asked) if "/listed/" in path]
    if agreed:
        services.confirm_listed(entry)
        frozen_clock.shift(days=700)
    visitor = as_person(None)
    assert visitor.submit(link, {}, button="answer=no").status_code == 303
    assert not entries()
    assert "Ewa" not in visitor.get(PAGE).text
    assert visitor.get(link).status_code == 404


def test_people_with_an_account_see_an_entry_that_is_not_for_everybody(app: Any, as_person: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner, name="Lipa")
    services.confirm_listed(list_somebody(organisation, owner, is_public=False))
    assert "Ewa Skarbniczka" not in as_person(None).get(PAGE).text
    assert "Ewa Skarbniczka" in as_person(make_person()).get(PAGE).text


def test_entry_ends_after_two_years_with_one_mail_a_month_before(
    app: Any, as_person: Any, outbox: Any, frozen_clock: Any
) -> None:
    """Thirty months, the job every day: one mail in month 23, the entry ends in month 24 and is deleted in month 27."""
    start = dt.datetime(2027, 1, 15, 12, tzinfo=dt.UTC)
    frozen_clock.set(start)
    owner = make_person(locale="bg")
    organisation = make_organisation(owner, name="Lipa")
    services.confirm_listed(list_somebody(organisation, owner))
    outbox.deliver()
    mails, seen = [], []
    for day in range(913):
        frozen_clock.set(start + dt.timedelta(days=day))
        services.look_after_listed()
        mails += [(day, mail) for mail in outbox.deliver()]
        there = queries.listed_of(organisation)
        seen.append("" if not there else "shown" if there[0].is_shown else "ended")
    ((day, again),) = mails
    assert day == 701 and again["To"] == "ewa@example.net" and again["Content-Language"] == "pl"
    assert (seen.count("shown"), seen.count("ended"), seen[-1]) == (731, 91, "")
    assert [path for path in outbox.paths(again) if "/listed/" in path]


def test_confirmed_again_it_lasts_and_is_asked_again_two_years_later(app: Any, outbox: Any, frozen_clock: Any) -> None:
    start = dt.datetime(2027, 1, 15, 12, tzinfo=dt.UTC)
    frozen_clock.set(start)
    owner = make_person()
    organisation = make_organisation(owner, name="Lipa")
    services.confirm_listed(list_somebody(organisation, owner))
    outbox.deliver()
    for year, sent in ((1, 0), (2, 1), (3, 0), (4, 1)):
        frozen_clock.set(start + dt.timedelta(days=365 * year - 15))
        services.look_after_listed()
        services.look_after_listed()
        assert len(outbox.deliver()) == sent
        if sent:
            services.confirm_listed(entries()[0])
    assert entries()[0].is_shown


def test_whom_nobody_answers_is_deleted(app: Any, frozen_clock: Any) -> None:
    owner = make_person()
    list_somebody(make_organisation(owner), owner)
    services.look_after_listed()
    assert len(entries()) == 1
    frozen_clock.shift(days=31)
    services.look_after_listed()
    assert not entries()


def test_leap_day_ends_on_a_day_that_there_is() -> None:
    assert two_years_after(dt.datetime(2028, 2, 29, 12, tzinfo=dt.UTC)) == dt.datetime(2030, 2, 28, 12, tzinfo=dt.UTC)
    assert two_years_after(dt.datetime(2027, 5, 1, tzinfo=dt.UTC)) == dt.datetime(2029, 5, 1, tzinfo=dt.UTC)


def test_same_address_a_sixth_waiting_and_bad_input_are_refused_at_once(app: Any, as_person: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner, name="Lipa")
    for number in range(5):
        list_somebody(organisation, owner, email=f"a{number}@example.net")
    browser = as_person(owner)
    both = browser.submit(LIST, {**ASKED, "email": "A1@example.net"})
    assert both.status_code == 422
    assert "stands in the list already" in both.text and "Five people have not answered" in both.text
    bad = browser.submit(LIST, {"name": "", "email": "ewa", "work": "x" * 200})
    assert bad.status_code == 422
    for sentence in ("Enter the name of the person.", "does not look like an e-mail", "too long"):
        assert sentence in bad.text
    assert len(entries()) == 5


def test_owner_takes_somebody_off_and_an_editor_does_not(app: Any, as_person: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner, name="Lipa")
    entry = list_somebody(organisation, owner)
    action = f"{LIST}/{entry.id}/remove"
    assert as_person(make_member(organisation, "editor")).get(LIST).status_code == 403
    assert as_person(owner).submit(LIST, {}, action=action).status_code == 303
    assert not entries()


def test_entry_follows_the_address_of_its_person(app: Any) -> None:
    from portal.accounts.facts import AddressChanged
    from portal.ground.db import transaction

    owner, person = make_person(), make_person()
    list_somebody(make_organisation(owner), owner, email=person.address)
    with transaction():
        services.follow_listed(AddressChanged(person.id, str(person.email), "Nowa@example.net"))
    (entry,) = entries()
    assert (entry.email, entry.address) == ("nowa@example.net", "Nowa@example.net")


def test_words_of_a_version_stay() -> None:
    """Other words are another version: whoever agreed has agreed to these."""
    assert LISTED_WORDS[0] == 1
    with in_language("en"):
        assert hash_of(str(LISTED_WORDS[1])) == hash_of(
            "The page of the organisation may show my name and what I do there, for two years at most."
        )

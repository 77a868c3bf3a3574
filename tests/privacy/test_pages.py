"""The pages behind both rights: who reaches them, what they say, and what they ask for."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Account, Person
from portal.ground.db import db
from portal.organisations.models import Organisation
from tests.factories.events import make_event, make_session
from tests.factories.lives import EMAIL, full_life
from tests.factories.organisations import make_member, make_organisation, role_of
from tests.factories.people import PASSWORD, make_administrator, make_person
from tests.privacy.test_handing_out import opened

Browser = Callable[[Any], Any]
DELETE, DATA, DOWNLOAD = "/en/account/delete", "/en/account/data", "/en/account/data/download"


def gone(person_id: int) -> bool:
    db.session.rollback()
    return db.session.scalar(sa.select(Account.id).where(Account.person_id == person_id)) is None


def test_visitors_are_asked_to_sign_in(app: Flask, client: Any) -> None:
    for path in (DELETE, DATA):
        assert "/en/account/sign-in" in client.get(path).location


def test_download_needs_a_fresh_password(app: Flask, as_person: Browser) -> None:
    browser = as_person(make_person())
    with browser.session_transaction() as session:
        session["fs_paa"] = 1.0
    assert "/en/account/verify" in browser.get(DATA).location


def test_download_is_one_zip_that_nobody_stores(app: Flask, as_person: Browser) -> None:
    life = full_life()
    browser = as_person(db.session.get_one(Person, life.person.id))
    page = browser.get(DATA)
    answer = browser.submit(page, action=DOWNLOAD)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="synergia-')
    assert opened(answer.data)["person.json"][0]["email"] == EMAIL


def test_getting_the_download_is_not_possible(app: Flask, as_person: Browser) -> None:
    assert as_person(make_person()).get(DOWNLOAD).status_code == 405


def test_page_says_what_goes_and_what_stays(app: Flask, as_person: Browser) -> None:
    life = full_life()
    text = as_person(db.session.get_one(Person, life.person.id)).get(DELETE).text
    for sentence in (
        "The account is deleted with its name, e-mail address and password.", "The role in the portal team ends.",
        "Roles in these organisations end:", "The role of coordinator in these networks ends:",
        "Places at these coming events are given up", "taken out of earlier registrations",
        "Invitations that were sent from this account", "Posts stay with the organisation",
        "Applications and decisions stay", "The record of actions keeps what was done",
    ):  # fmt: skip
        assert sentence in text, sentence


def test_page_says_where_name_and_address_stay_in_public(app: Flask, as_person: Browser) -> None:
    person = make_person("Ewa Prelegentka")
    organisation = make_organisation(make_person(), contacts=[("email", person.email, "private")])
    event = make_event()
    make_session(event, speakers="Ewa Prelegentka, Jan Inny")
    text = as_person(person).get(DELETE).text
    assert "contact address of these profiles" in text
    assert f"/en/organisations/{organisation.slug}" in text
    assert "public programme of these events" in text
    assert f"/en/events/{event.slug}" in text


def test_wrong_or_missing_password_deletes_nothing(app: Flask, as_person: Browser) -> None:
    person = make_person()
    browser = as_person(person)
    for typed in ("", "something else"):
        assert browser.submit(DELETE, {"password": typed}).status_code == 422
    assert not gone(person.id)


def test_password_ends_the_account_and_every_session(app: Flask, as_person: Browser) -> None:
    person = make_person()
    number, here, elsewhere = person.id, as_person(person), as_person(person)
    answer = here.submit(DELETE, {"password": PASSWORD})
    assert "Account deleted" in here.follow(answer).text
    assert gone(number)
    for browser in (here, elsewhere):
        assert "/en/account/sign-in" in browser.get("/en/account/").location


def test_only_manager_of_a_public_profile_hands_over_first(app: Flask, as_person: Browser) -> None:
    person = make_person()
    organisation = make_organisation(person)
    browser = as_person(person)
    page = browser.get(DELETE)
    assert "First invite a second person" in page.text
    assert f"/en/organisations/{organisation.slug}/people" in page.text
    assert 'name="password"' not in page.text
    make_member(organisation, "owner")
    assert browser.submit(DELETE, {"password": PASSWORD}).status_code == 303
    assert gone(person.id)


def test_obstacle_that_arose_meanwhile_is_said(app: Flask, as_person: Browser) -> None:
    """The page was open; then the other manager left, and the form is sent."""
    person, other = make_person(), make_person()
    organisation = make_organisation(person)
    make_member(organisation, "owner", other)
    browser = as_person(person)
    page = browser.get(DELETE)
    from portal.organisations.services import end_role

    end_role(role_of(organisation, other), by=other)
    answer = browser.submit(page, {"password": PASSWORD})
    assert answer.status_code == 422
    assert "First invite a second person" in answer.text
    assert not gone(person.id)


def test_draft_of_nobody_else_goes_with_its_person(app: Flask, as_person: Browser) -> None:
    person = make_person()
    number = make_organisation(person, status="draft", contacts=[("email", person.email, "public")]).id
    browser = as_person(person)
    assert "Drafts of profiles that nobody else looks after are deleted:" in browser.get(DELETE).text
    assert browser.submit(DELETE, {"password": PASSWORD}).status_code == 303
    db.session.rollback()
    assert db.session.get(Organisation, number) is None


def test_draft_that_others_help_with_is_handed_over_first(app: Flask, as_person: Browser) -> None:
    person = make_person()
    draft = make_organisation(person, status="draft")
    make_member(draft, "editor")
    assert "First invite a second person" in as_person(person).get(DELETE).text


def test_last_person_of_the_team_is_told(app: Flask, as_person: Browser) -> None:
    assert "This is the last person of the portal team." in as_person(make_administrator()).get(DELETE).text


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_privacy_page_says_the_numbers_that_hold(app: Flask, client: Any) -> None:
    text = client.get("/en/privacy").text
    for sentence in (
        "nobody confirms is deleted after 48 hours", "deleted 30 days after it was sent", "ends after 48 hours",
        "deleted 365 days after the event", "is kept for 365 days", "keeps its details for 5 years",
    ):  # fmt: skip
        assert sentence in text, sentence
    assert "/en/account/data" in text
    assert "/en/account/delete" in text

"""What a form with errors says of what was typed is true: a browser never gets a password or a file back."""

import io

import pytest

from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_person

ALL = "Everything you typed is still here."
OTHERS = "The other answers are still here."
PASSWORD = "Type the password again."
FILE = "Choose the file again."


def said(text: str) -> set[str]:
    return {sentence for sentence in (ALL, OTHERS, PASSWORD, FILE) if sentence in text}


@pytest.mark.parametrize(
    ("path", "typed", "sentences"),
    [
        ("sign-up", {"name": "A", "email": "notmail", "password": "long enough password"}, {OTHERS, PASSWORD}),
        ("sign-up", {"name": "A", "email": "notmail", "password": ""}, {ALL}),
        ("sign-up", {}, set()),
        ("sign-up", {"password": "short"}, {PASSWORD}),
        ("sign-in", {"email": "a@example.org", "password": "no such words"}, {OTHERS, PASSWORD}),
        ("sign-in", {"email": "a@example.org"}, {ALL}),
        ("sign-in", {}, set()),
        ("password/forgotten", {"email": "notmail"}, {ALL}),
    ],
)
def test_a_form_with_a_password_says_what_is_still_there(client, path, typed, sentences):
    response = client.submit(f"/en/account/{path}", typed)
    assert response.status_code == 422
    assert said(response.text) == sentences
    assert typed.get("password") is None or f'value="{typed["password"] or "?"}"' not in response.text


def test_a_form_with_a_file_asks_for_the_file_again(app, as_person):
    organisation = make_organisation()
    browser = as_person(make_member(organisation, "owner"))
    path = f"/en/organisations/{organisation.slug}/logo"
    refused = browser.submit(path, {"picture": (io.BytesIO(b"no picture"), "logo.png"), "alt": "Our oak"})
    assert (refused.status_code, said(refused.text)) == (422, {OTHERS, FILE})
    assert 'value="Our oak"' in refused.text


def test_a_form_that_was_open_too_long_promises_only_what_holds(client):
    page = client.get("/en/account/sign-up")
    with client.session_transaction() as session:
        session.clear()
    response = client.submit(page, {"name": "A", "email": "a@example.org", "password": "three random words"})
    assert "The form was open too long. Send it again." in response.text
    assert said(response.text) == {OTHERS, PASSWORD}


def test_a_form_of_somebody_signed_out_says_that_the_password_is_gone(client):
    page = client.post("/en/account/email", data={"email": "new@example.org", "password": "secret words"})
    assert page.status_code == 403
    assert said(page.text) == {OTHERS, PASSWORD}
    assert "secret words" not in page.text
    page = client.post("/en/account/email", data={"email": "new@example.org"})
    assert "and everything you typed is still here." in page.text


def test_a_language_to_choose_says_which_it_is(as_person):
    page = as_person(make_person()).get("/pl/account/details").text
    assert '<label for="locale-1" lang="bg">български</label>' in page
    assert '<label for="locale-0">polski</label>' in page


def test_an_address_that_is_opened_the_wrong_way_is_not_said_to_take_answers(client):
    page = client.post("/en/events", headers={"Origin": "http://127.0.0.1:8000"})
    assert page.status_code == 405
    assert "This page cannot be opened this way." in page.text

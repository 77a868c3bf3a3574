"""The page that somebody wanted opens once they are in: through sign-up, a mail, another browser, a new password."""

import pytest
import sqlalchemy as sa

from portal.accounts.models import SignUp
from portal.ground.db import db
from portal.organisations import services as organisations
from portal.organisations.models import Role
from tests.factories.organisations import make_organisation
from tests.factories.people import PASSWORD, make_person

ANSWERS = {"name": "Nowa Osoba", "email": "nowa@example.org", "password": "trzy losowe słowa"}
NEW = "/pl/organisations/new"


def link_in(page, endpoint):
    """Where the link to an account page of this name leads."""
    return next(
        part.partition('"')[0]
        for part in page.sent.split('href="')
        if f"/account/{endpoint}" in part.partition('"')[0] and "next=" in part.partition('"')[0]
    ).replace("&amp;", "&")


def confirm_path(outbox):
    (path,) = [path for message in outbox.deliver() for path in outbox.paths(message) if "/account/confirm/" in path]
    return path


@pytest.mark.parametrize("elsewhere", [False, True])
def test_adding_an_organisation_goes_on_after_sign_up(client, outbox, elsewhere):
    sign_in = client.follow(client.get(NEW))
    sign_up = client.get(link_in(sign_in, "sign-up"))
    assert client.submit(sign_up, ANSWERS).status_code == 303
    browser = client.fresh() if elsewhere else client
    response = browser.submit(confirm_path(outbox), {"password": "lipa most chleb"} if elsewhere else {})
    assert response.location == NEW
    assert browser.follow(response).status_code == 200


def test_the_page_of_an_invitation_opens_again(client, outbox):
    owner = make_person()
    organisation = make_organisation(owner=owner)
    organisations.invite(organisation, by=owner, email="nowa@example.org", role=Role.EDITOR, language="pl")
    invitation = next(p for message in outbox.deliver() for p in outbox.paths(message) if "/invitations/" in p)
    sign_up = client.get(link_in(client.get(invitation), "sign-up"))
    client.submit(sign_up, ANSWERS)
    stored = db.session.execute(sa.text("SELECT wanted FROM sign_up")).scalar_one()
    assert stored and invitation.rpartition("/")[2] not in stored  # sealed: it holds the token of the invitation
    other = client.fresh()
    response = other.submit(confirm_path(outbox), {"password": "lipa most chleb"})
    assert response.location == invitation
    assert other.submit(other.follow(response)).location == "/pl/organisations/mine"


def test_the_link_in_the_mail_does_not_say_what_was_wanted(client, outbox):
    client.submit(f"/pl/account/sign-up?next={NEW}", ANSWERS)
    (message,) = outbox.deliver()
    assert NEW not in outbox.text(message) and "next" not in outbox.text(message)


def test_a_known_address_goes_on_after_signing_in(client, outbox):
    make_person(email="nowa@example.org")
    client.submit(f"/pl/account/sign-up?next={NEW}", ANSWERS)
    (message,) = outbox.deliver()
    response = client.submit(outbox.paths(message)[0], {"email": "nowa@example.org", "password": PASSWORD})
    assert response.location == NEW


def test_a_forgotten_password_is_no_reason_to_forget_the_page(client, outbox):
    make_person(email="nowa@example.org")
    sign_in = client.follow(client.get(NEW))
    client.submit(client.get(link_in(sign_in, "password/forgotten")), {"email": "nowa@example.org"})
    path = outbox.paths(outbox.deliver()[0])[0]
    response = client.submit(path, {"password": "zupełnie inne słowa"})
    response = client.submit(client.follow(response), {"password": "zupełnie inne słowa"})
    assert response.location == NEW


def test_who_is_in_already_goes_on_at_once(as_person):
    browser = as_person(make_person())
    for page in ("sign-in", "sign-up"):
        assert browser.get(f"/pl/account/{page}?next={NEW}").location == NEW


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/" + "a" * 500, "evil"]
)
def test_nothing_else_is_carried_along(client, outbox, target):
    page = client.get("/pl/account/sign-up", query_string={"next": target})
    client.submit(page, ANSWERS)
    assert db.session.scalar(sa.select(SignUp.wanted)) is None
    assert client.submit(confirm_path(outbox)).location == "/pl/account/"


def test_what_was_wanted_once_is_not_wanted_for_ever(client, outbox):
    """Whoever comes back later for an account of its own is not sent to the page of the first time."""
    client.submit(f"/pl/account/sign-up?next={NEW}", ANSWERS)
    client.submit(confirm_path(outbox))
    client.submit("/pl/account/", action="/pl/account/sign-out")
    response = client.submit("/pl/account/sign-in", {"email": "nowa@example.org", "password": ANSWERS["password"]})
    assert response.location == "/pl/account/"

"""Keys change while the portal lives: nothing sealed is lost, nothing typed is lost, nothing breaks."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts import queries, second_step, services
from portal.ground import clock
from portal.ground.config import CONFIG
from portal.ground.db import db, transaction
from portal.ground.errors import Unreadable
from portal.ground.sealed import reseal
from tests.factories.people import PASSWORD, make_account, make_person
from tests.support.client import CheckedClient

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
EMAIL = "wanda@example.org"
Keys = Callable[..., None]


@pytest.fixture
def keys(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Keys:
    """`keys(NEW, OLD)`: PORTAL_DATA_KEYS from now on, as after a restart."""

    def use(*names: str) -> None:
        config = dataclasses.replace(CONFIG.of(app), data_keys=names)
        monkeypatch.setitem(app.extensions, "portal.config", config)
        db.session.rollback()

    return use


@pytest.fixture
def guarded(keys: Keys) -> int:
    """The number of an account whose second step is sealed with the old key."""
    keys(OLD)
    account = make_account(email=EMAIL)
    secret = second_step.new_secret()
    with clock.frozen(clock.now() - dt.timedelta(minutes=5)):
        services.switch_on(account.id, secret=secret, code=second_step.code_now(secret))
    return account.id


def sealed(account_id: int) -> str:
    """What stands in the database."""
    stored = db.session.scalar(sa.text("SELECT totp_secret FROM account WHERE id = :id"), {"id": account_id})
    db.session.rollback()
    return str(stored)


def secret_of(account_id: int) -> str:
    account = queries.account_with_secrets(account_id)
    assert account is not None and account.totp_secret is not None
    return account.totp_secret


def at_the_code(client: CheckedClient) -> Any:
    """The page that asks for the code, after the password."""
    return client.follow(client.submit("/pl/account/sign-in", {"email": EMAIL, "password": PASSWORD}))


def test_what_the_old_key_sealed_opens_and_what_is_written_is_sealed_with_the_new(
    guarded: int, keys: Keys, client: CheckedClient
) -> None:
    keys(NEW, OLD)
    before = sealed(guarded)
    answer = client.submit(at_the_code(client), {"code": second_step.code_now(secret_of(guarded))})
    assert (answer.status_code, answer.location) == (303, "/pl/account/")
    assert sealed(guarded) == before
    Fernet(OLD).decrypt(before)
    services.renew_recovery_codes(guarded)
    codes = db.session.scalar(sa.text("SELECT recovery_codes FROM account"))
    assert len(Fernet(NEW).decrypt(str(codes)).split()) == 8


def test_after_resealing_the_old_key_may_go(guarded: int, keys: Keys) -> None:
    keys(NEW, OLD)
    secret = secret_of(guarded)
    with transaction():
        assert reseal() == 1
    keys(NEW)
    assert secret_of(guarded) == secret


def test_a_missing_key_is_said_and_stops_only_what_it_sealed(guarded: int, keys: Keys, client: CheckedClient) -> None:
    keys(NEW)
    assert client.get("/pl/").status_code == 200
    answer = client.submit(at_the_code(client), {"code": "123456"})
    assert answer.status_code == 503
    assert "brakuje klucza" in answer.text
    with pytest.raises(Unreadable), transaction():
        reseal()
    other = client.fresh()
    make_person(email="ola@example.org")
    assert other.submit("/pl/account/sign-in", {"email": "ola@example.org", "password": PASSWORD}).status_code == 303


@pytest.fixture
def new_secret(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """PORTAL_SECRET_KEY is another one from now on."""
    return lambda: monkeypatch.setitem(app.config, "SECRET_KEY", "n" * 40)


def test_a_new_secret_key_signs_people_out_and_keeps_what_they_typed(
    app: Flask, as_person: Callable[[Any], CheckedClient], new_secret: Callable[[], None]
) -> None:
    browser = as_person(make_person("Wanda Próbna"))
    page = browser.get("/pl/account/details")
    new_secret()
    assert browser.get("/pl/account/").status_code == 303
    held = browser.submit(page, {"name": "Wanda  <Łąka>\u2028"})
    assert held.status_code == 403
    assert "czasie wylogowane" in held.text
    assert held.headers["Cache-Control"] == "no-store"
    browser.submit("/pl/account/sign-in", {"email": person_email(), "password": PASSWORD})
    form = browser.submit(held, {}, action="/pl/account/details")
    assert form.status_code == 422
    assert browser.submit(form).status_code == 303
    assert person_name() == "Wanda <Łąka>"


def person_email() -> str:
    return str(db.session.scalar(sa.text("SELECT email FROM person")))


def person_name() -> str:
    return str(db.session.scalar(sa.text("SELECT name FROM person")))


def test_a_new_secret_key_brings_the_forms_of_visitors_back(
    client: FlaskClient, new_secret: Callable[[], None]
) -> None:
    page = client.get("/pl/account/sign-up")
    new_secret()
    answer = client.submit(page, {"name": "Ola Łąka", "email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 422
    assert "Formularz był otwarty zbyt długo" in answer.text
    assert 'value="Ola Łąka"' in answer.text


def test_a_button_and_a_password_of_somebody_signed_out_lead_to_the_sign_in(app: Flask, client: CheckedClient) -> None:
    for fields in ({}, {"csrf_token": "x"}, {"password": "lipa most chleb"}):
        answer = client.post("/pl/account/verify", data=fields)
        assert (answer.status_code, answer.location) == (303, "/pl/account/sign-in")

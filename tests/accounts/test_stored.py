"""What 0.1.0 wrote still opens: samples out of its own code, by Flask-Security 5.9.2, passlib and Flask-Login 0.6.3."""

import datetime as dt
import json

import pytest

from portal.accounts import passwords, queries, second_step
from portal.accounts.models import Account
from portal.ground import clock
from portal.ground.db import transaction
from tests.factories.people import make_account

EMAIL = "wanda@example.org"
PASSWORDS = {
    "lipa most chleb": "$argon2id$v=19$m=65536,t=3,p=4$gTCm9N6bM+Z8r1XqnfMegw$TTPTeAzZGDO/dV+eG+SwTi5wY7FIyxCUhXLzibJSV2U",
    "Zażółć gęślą jaźń": "$argon2id$v=19$m=65536,t=3,p=4$gJCyVopxLoWQkvL+X0up9Q$hePY8ZRUvIOKGOaRzGtul+KyjTGdnROi+Kkxp8jHc3g",
}
SECRET = '{"key":"G4DIBECS5L6X7D2RVLKVU23NZUM4HWD3","type":"totp","v":1}'
KEY = "G4DI-BECS-5L6X-7D2R-VLKV-U23N-ZUM4-HWD3"
MOMENT = dt.datetime(2026, 11, 21, 10, 0, tzinfo=dt.UTC)
COUNTER = 59841840  # the time step of that moment
SHOWN = {-60: "907700", -30: "956362", 0: "681371", 30: "407646", 60: "794573"}  # by the app, seconds around it
RECOVERY = (
    "7a1d-4dfd-601e 89f0-64bc-57b4 3211-bc82-6375 6e55-6183-41e8 "
    "ced0-21f0-5fce 62e5-c956-04af 1624-406e-fc24 bf9a-0c0f-f1dd"
)
SESSION = {
    "_fresh": True,
    "_id": "03f095a1c03fdce8fe2ea94737ef9d62c456faf66d67aac9e9d7b2f6548211aab71d5ce5c550e74c31a055e110b5ce1429cfcf4eb860fe2c460a"
    "0c6f830c7f59",
    "_permanent": True,
    "_user_id": "1357b7728b413e844c3a631f04eae43113091fc2fadb44b59d7b2935914a41b5",
    "csrf_token": "113554f35b79ffd997efa65cd0d21d637e9f12db",
    "fs_cc": "set",
}


@pytest.fixture
def account(app) -> Account:
    """An account as a row of 0.1.0 has it, the second step on since a while."""
    made = make_account(email=EMAIL)
    with transaction() as session:
        row = session.get_one(Account, made.id)
        row.password, row.fs_uniquifier = PASSWORDS["lipa most chleb"], str(SESSION["_user_id"])
        row.totp_secret, row.totp_since, row.totp_counter = SECRET, MOMENT - dt.timedelta(days=1), COUNTER - 5
        row.recovery_codes = RECOVERY
    found = queries.account_with_secrets(made.id)
    assert found is not None
    return found


@pytest.fixture
def at_the_code(account, client):
    return sign_in(client)


def sign_in(client):
    """The page that asks for the code."""
    response = client.submit("/pl/account/sign-in", {"email": EMAIL, "password": "lipa most chleb"})
    return client.follow(response)


@pytest.mark.parametrize("password", PASSWORDS)
def test_a_stored_password_opens(app, password):
    assert passwords.fits(password, PASSWORDS[password])
    assert not passwords.fits(f"{password} ", PASSWORDS[password])


def test_the_app_goes_on_with_its_secret():
    assert second_step.typed_key(SECRET) == KEY
    for seconds, code in SHOWN.items():
        with clock.frozen(MOMENT + dt.timedelta(seconds=seconds)):
            assert second_step.code_now(SECRET) == code


def test_a_new_secret_looks_like_a_stored_one():
    """Another node, still of 0.1.0, reads it too."""
    made, kept = json.loads(second_step.new_secret()), json.loads(SECRET)
    assert {**made, "key": ""} == {**kept, "key": ""}
    assert len(made["key"]) == len(kept["key"])


@pytest.mark.parametrize(("seconds", "opens"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_code_may_be_a_step_off(seconds, opens):
    account = Account(totp_counter=COUNTER - 5)
    with clock.frozen(MOMENT):
        assert second_step.takes(account, SECRET, SHOWN[seconds]) is opens
    assert account.totp_counter == (COUNTER + seconds // 30 if opens else COUNTER - 5)


def test_a_code_that_was_used_under_0_1_0_is_used():
    account = Account(totp_counter=COUNTER)
    with clock.frozen(MOMENT):
        assert not second_step.takes(account, SECRET, SHOWN[0])
        assert not second_step.takes(account, SECRET, SHOWN[-30])  # older than the last one
        assert second_step.takes(account, SECRET, SHOWN[30])
    assert account.totp_counter == COUNTER + 1


@pytest.mark.parametrize("typed", ["", "681", "6813710", "68137x", "б81371", "ABCDEF"])
def test_what_is_no_code_is_refused(typed):
    account = Account(totp_counter=None)
    with clock.frozen(MOMENT):
        assert not second_step.takes(account, SECRET, typed)
    assert account.totp_counter is None


def test_a_stored_row_opens_with_the_app(account, client):
    with clock.frozen(MOMENT):
        assert client.submit(sign_in(client), {"code": "681 371"}).location == "/pl/account/"


@pytest.mark.parametrize("typed", ["7a1d-4dfd-601e", "BF9A 0c0f f1dd"])
def test_a_stored_row_opens_with_a_recovery_code(at_the_code, client, account, typed):
    assert client.submit(at_the_code, {"code": typed}).location == "/pl/account/"
    left = queries.account_with_secrets(account.id)
    assert left is not None and left.recovery_codes is not None
    assert len(left.recovery_codes.split()) == 7


@pytest.mark.parametrize(
    ("typed", "grace", "status"), [(0, None, 200), (-3600, 60, 200), (-3600, -60, 303), (-3600, None, 303)]
)
def test_who_is_signed_in_is_asked_for_a_password_that_was_typed_long_ago(account, as_person, typed, grace, status):
    """`typed` and `grace` are seconds from now, under the names that 0.1.0 gave them."""
    browser = as_person(account.person)
    with browser.session_transaction() as session:
        session["fs_paa"] = clock.now().timestamp() + typed
        if grace is not None:
            session["fs_gexp"] = int(clock.now().timestamp() + grace)
    assert browser.get("/pl/account/").status_code == 200
    assert browser.get("/pl/account/password").status_code == status


def test_a_cookie_of_0_1_0_which_nothing_can_end_opens_nothing(account, client):
    """Whoever was signed in when the portal was upgraded signs in once more; what they had typed is held for them."""
    with client.session_transaction() as session:
        session.update(SESSION, fs_paa=clock.now().timestamp())
    assert client.get("/pl/account/").location == "/pl/account/sign-in?next=/pl/account/"
    held = client.post("/pl/account/details", data={"name": "Wanda Nowa"})
    assert held.status_code == 403 and 'value="Wanda Nowa"' in held.text
    response = client.submit("/pl/account/sign-in", {"email": EMAIL, "password": "lipa most chleb"})
    assert response.location == "/pl/account/sign-in/code"

"""Whatever is typed, the answer is a page of ours."""

import pytest
import sqlalchemy as sa

from portal.accounts import second_step, services
from portal.ground.db import db
from portal.mail import Mail
from tests.factories.people import PASSWORD, make_account, make_person

NASTY = [
    "\x00", "a\x00b@example.org", "\u202egro.elpmaxe@x", "\u200b\u200b", "x" * 10_000, "ktoś@" + "x" * 300 + ".pl",
    "'\"><script>", "{{ 7*7 }}", "%(name)s", "\ud7ff\ufffe", "a@b@c", "١٢٣٤٥٦", "½²³①", "\r\nBcc: x@example.org",
    "🧶" * 60, " ",
]  # fmt: skip
PUBLIC = {
    "sign-up": ("name", "email", "password"),
    "sign-in": ("email", "password"),
    "password/forgotten": ("email",),
}
OWN = {
    "details": ("name", "locale"),
    "email": ("email",),
    "password": ("password",),
    "verify": ("password",),
    "two-step/on": ("code",),
}


@pytest.mark.parametrize("path", PUBLIC)
def test_public_forms_take_anything(client, path):
    for number, value in enumerate(NASTY):
        response = client.submit(f"/bg/account/{path}", dict.fromkeys(PUBLIC[path], value))
        assert response.status_code in (303, 422, 429), (number, value[:20])
        assert response.status_code != 303 or number == 1  # without its NUL that is an address
    assert db.session.scalars(sa.select(Mail.to)).all() in ([], ["ab@example.org"])


@pytest.mark.parametrize("path", OWN)
def test_own_forms_take_anything(as_person, path):
    browser = as_person(make_person())
    for value in NASTY:
        page = browser.get(f"/pl/account/{path}")
        if page.status_code == 303:
            browser = as_person(make_person())  # a new password ended the session, or the code is asked for
            page = browser.get(f"/pl/account/{path}")
        response = browser.submit(page, dict.fromkeys(OWN[path], value))
        assert response.status_code in (303, 422, 429), value[:20]


def test_the_second_step_takes_anything(client):
    account = make_account(email="wanda@example.org")
    secret = second_step.new_secret()
    services.switch_on(account.id, secret=secret, code=second_step.code_now(secret))
    client.submit("/pl/account/sign-in", {"email": "wanda@example.org", "password": PASSWORD})
    for value in NASTY:
        assert client.submit("/pl/account/sign-in/code", {"code": value}).status_code in (422, 429), value[:20]


@pytest.mark.parametrize("token", ["x", "x" * 5000, "%00", "%F0%9F%A7%B6", "..%2f..", "'--"])
@pytest.mark.parametrize("kind", ["confirm", "password/new", "email/confirm"])
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_tokens_that_nobody_issued_are_dead(client, kind, token):
    for send in (client.get, client.post):
        assert send(f"/en/account/{kind}/{token}").status_code == 404


def test_a_token_opens_only_what_it_was_issued_for(client, outbox):
    make_person(email="wanda@example.org")
    client.submit("/en/account/password/forgotten", {"email": "wanda@example.org"})
    token = outbox.paths(outbox.deliver()[0])[0].rpartition("/")[2]
    assert client.get(f"/en/account/password/new/{token}").status_code == 200
    for kind in ("confirm", "email/confirm"):
        assert client.get(f"/en/account/{kind}/{token}").status_code == 404


def test_a_name_cannot_write_into_a_mail(client, outbox):
    answers = {"name": "Wanda\r\nBcc: all@example.org", "email": "wanda@example.org", "password": PASSWORD}
    assert client.submit("/en/account/sign-up", answers).status_code == 303
    (message,) = outbox.deliver()
    assert message["Bcc"] is None
    assert "all@example.org" not in outbox.text(message)

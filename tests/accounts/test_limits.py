"""Whatever sends mail to an address or tries a password or a code is counted before it does anything."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts import services
from portal.accounts.models import Account
from portal.ground import limits
from portal.ground.db import db
from portal.ground.errors import TooMany
from portal.mail import Mail
from tests.factories.people import make_account

ADDRESS, IP = "wanda@example.org", "192.0.2.7"
NEW = {"locale": "pl", "ip": IP}
ACTS: dict[str, tuple[str, Callable[[Account], Any]]] = {
    "sign up": ("mail", lambda _: services.sign_up(name="W", email=ADDRESS, password="lipa most chleb", **NEW)),
    "correct": ("mail", lambda _: services.correct_sign_up(1, email=ADDRESS, ip=IP)),
    "reset": ("mail", lambda _: services.request_reset(email=ADDRESS, **NEW)),
    "change the address": ("mail", lambda account: services.request_email_change(account.id, email=ADDRESS, **NEW)),
    "sign in": ("sign-in", lambda _: services.account_for(email=ADDRESS, password="lipa", ip=IP)),
    "confirm": ("sign-in", lambda account: services.check_current_password(account, password="lipa", ip=IP)),
    "second step": ("sign-in", lambda account: services.pass_second_step(account, code="000000", ip=IP)),
}


@pytest.mark.parametrize("act", ACTS)
def test_no_act_goes_around_its_limit(app: Flask, frozen_clock: Any, act: str) -> None:
    kind, run = ACTS[act]
    account = make_account(email=ADDRESS)
    for _ in range(limits.LIMITS[kind].per_address):
        limits.check(kind, address=ADDRESS)
    with pytest.raises(TooMany):
        run(account)
    assert db.session.scalar(sa.select(sa.func.count(Mail.id))) == 0

"""What the services of accounts refuse, whoever calls them."""

import pytest
from flask import Flask

from portal.accounts import second_step, services
from portal.ground.errors import Conflict, Refusal
from tests.factories.people import make_account


def test_second_step_is_switched_on_once_and_by_its_code_only(app: Flask) -> None:
    account, secret = make_account(), second_step.new_secret()
    with pytest.raises(Refusal) as refused:
        services.switch_on(
            account.id, secret=secret, code="000000" if second_step.code_now(secret) != "000000" else "1"
        )
    assert refused.value.field == "code"
    services.switch_on(account.id, secret=secret, code=second_step.code_now(secret))
    with pytest.raises(Conflict):
        services.switch_on(account.id, secret=secret, code=second_step.code_now(secret))
    for _ in range(2):
        services.switch_off(account.id)
        services.renew_recovery_codes(account.id)


def test_request_that_has_ended_opens_no_account(app: Flask) -> None:
    number = services.sign_up(
        name="Ewa", email="ewa@example.org", password="lipa most chleb", locale="pl", ip="192.0.2.7"
    )
    services.refuse_sign_up(number)
    services.refuse_sign_up(number)
    with pytest.raises(Conflict):
        services.confirm_sign_up(number, password=None)
    with pytest.raises(Conflict):
        services.confirm_sign_up(number, password="lipa most chleb")

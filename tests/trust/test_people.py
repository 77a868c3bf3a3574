"""What becomes of vouches and claims when two people are one, when somebody leaves, and when a step comes too late."""

import datetime as dt
from typing import Any

import pytest

from portal.accounts.models import Person
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal
from portal.trust import queries, services
from portal.trust.services.telling import tell
from tests.factories.organisations import make_organisation
from tests.factories.people import make_administrator, make_person
from tests.factories.trust import (
    make_claim,
    make_group,
    make_orphan,
    make_patronage,
    make_request,
    make_vouch,
    make_voucher,
)

pytestmark = pytest.mark.usefixtures("app")


def test_vouches_of_two_people_who_are_one_count_once() -> None:
    owner = make_person()
    group, other = make_group(owner), make_group(owner)
    make_vouch(group, owner)
    make_vouch(group, owner)
    (_first, kept), (_second, gone) = queries.vouches_of(group.id)
    make_vouch(other, owner)
    ((_third, third),) = queries.vouches_of(other.id)
    assert kept and gone and third
    services.hand_over(gone_id=gone.id, kept_id=kept.id)
    services.hand_over(gone_id=third.id, kept_id=kept.id)
    assert [one.id for _vouch, one in queries.vouches_of(group.id) if one] == [kept.id]
    assert [one.id for _vouch, one in queries.vouches_of(other.id) if one] == [kept.id]


def test_who_leaves_takes_vouches_and_claims_along() -> None:
    owner, (person, via) = make_person(), make_voucher()
    group, orphan = make_group(owner), make_orphan()
    services.vouch(make_request(group, owner), via_id=via.id, by=person)
    claim = make_claim(orphan, person)
    with transaction():
        services.leave_all(person)
        services.withdraw_all(person)
    assert queries.vouches_of(group.id) == []
    assert queries.claim(claim.id).status == "withdrawn"  # type: ignore[union-attr]


def test_requests_are_deleted_after_thirty_days(frozen_clock: Any) -> None:
    owner = make_person()
    group = make_group(owner)
    make_request(group, owner)
    frozen_clock.shift(days=29)
    assert services.remove_old_requests() == 0
    frozen_clock.shift(days=2)
    assert services.remove_old_requests() == 1
    assert queries.requests_of(group.id) == []


def test_steps_that_come_too_late_are_refused() -> None:
    owner, person, administrator = make_person(), make_person(), make_administrator()
    orphan = make_orphan(("email", "lipa@example.org", "public"))
    claim = make_claim(orphan, person, method="mail", address="lipa@example.org")
    services.prove(claim)
    with pytest.raises(Conflict):
        services.prove(claim)
    organisation = make_organisation(owner)
    second = make_claim(organisation, person)
    services.withdraw_claim(second, by=person)
    with pytest.raises(Conflict):
        services.object_to(second, reason="Za późno.", by=owner)
    with pytest.raises(Refusal):
        services.refuse(second, reason="Za późno.", by=administrator)
    asked, boss = make_patronage(make_group(owner), owner)
    with pytest.raises(Refusal):
        services.end_patronage(asked, reason=" ", by=boss)
    services.accept_patronage(asked, by=boss)
    with pytest.raises(Conflict):
        services.accept_patronage(asked, by=boss)


def test_claim_of_an_account_that_is_gone_is_not_granted() -> None:
    orphan, person, administrator = make_orphan(), make_person(), make_administrator()
    claim = make_claim(orphan, person)
    with transaction() as session:
        session.get_one(type(claim), claim.id).claimant_id = None
    with pytest.raises(Refusal) as refused:
        services.grant(claim, by=administrator)
    assert "deleted" in str(refused.value.reason)


def test_group_that_is_registered_meanwhile_needs_no_vouch_and_nobody_without_address_is_told() -> None:
    owner, (person, via) = make_person(), make_voucher()
    group = make_group(owner)
    request = make_request(group, owner)
    asked = services.ask_registering(group, legal_form="pl-assoc", numbers={"krs": "123456"}, by=owner)
    services.accept_registering(asked, by=make_administrator())
    with pytest.raises(Conflict):
        services.vouch(request, via_id=via.id, by=person)
    with transaction():
        tell([Person(name="Bez adresu", email=None, locale="pl")], lambda one: pytest.fail(f"told {one.name}"))
    db.session.rollback()
    assert dt.timedelta(days=365) == services.VALID

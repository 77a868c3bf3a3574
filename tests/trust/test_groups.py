"""The time of a group: it becomes a registered organisation with its history, or it ends."""

import datetime as dt
from typing import Any

import pytest

from portal.ground.errors import Conflict, Refusal
from portal.organisations import queries as organisations
from portal.organisations import services as organisation_services
from portal.trust import queries, services
from portal.trust.jobs import remind
from tests.factories.organisations import fresh, make_member, make_organisation, words
from tests.factories.people import make_administrator, make_person
from tests.factories.trust import make_group

pytestmark = pytest.mark.usefixtures("app")
ASKED = {"legal_form": "pl-assoc", "numbers": {"krs": "123456", "nip": "", "regon": ""}}


def test_group_becomes_an_organisation_with_the_same_profile(client: Any, outbox: Any, frozen_clock: Any) -> None:
    owner, administrator = make_person(), make_administrator()
    group = make_group(owner, name="Grupa Ławka")
    slug, published, number = group.slug, group.published_at, group.id
    remind()
    asked = services.ask_registering(group, by=owner, **ASKED)
    outbox.deliver()
    assert outbox.to(str(administrator.email))
    assert fresh(group).informal
    services.accept_registering(asked, by=administrator)
    after = fresh(group)
    assert (after.id, after.slug, after.published_at, after.status) == (number, slug, published, "published")
    assert (after.informal, after.legal_form) == (False, "pl-assoc")
    assert organisations.identifiers_of(after) == {"PL-KRS": "0000123456"}
    assert queries.shortages_of(number) == {}, "an organisation lacks no support"
    page = client.get(f"/pl/organisations/{slug}").text.replace("\xa0", " ")
    assert "Grupa nieformalna do: 21 listopada 2026" in page
    listed = client.get("/pl/organisations?kind=registered").text
    assert "Grupa Ławka" in listed


def test_what_is_refused_leaves_the_group_with_the_reason(outbox: Any) -> None:
    owner, administrator = make_person(), make_administrator()
    group = make_group(owner)
    asked = services.ask_registering(group, by=owner, **ASKED)
    with pytest.raises(Conflict):
        services.ask_registering(group, by=owner, **ASKED)
    with pytest.raises(Refusal):
        services.refuse_registering(asked, reason="", by=administrator)
    for by in (owner, make_person()):
        with pytest.raises(Refusal):
            services.accept_registering(asked, by=by)
    services.refuse_registering(asked, reason="W rejestrze jest inna nazwa.", by=administrator)
    outbox.deliver()
    assert "W rejestrze jest inna nazwa." in outbox.text(outbox.to(str(owner.email))[-1])
    assert fresh(group).informal
    with pytest.raises(Conflict):
        services.accept_registering(asked, by=administrator)


def test_public_group_does_not_become_registered_by_an_edit_and_a_draft_does() -> None:
    owner = make_person()
    given = words(legal_form="pl-informal")
    group, draft = make_group(owner, **given), make_group(owner, status="draft", **words(legal_form="pl-informal"))
    with pytest.raises(Refusal) as refused:
        organisation_services.update(group, by=owner, version=group.row_version, **{**given, "legal_form": "pl-assoc"})
    assert refused.value.field == "legal_form"
    assert fresh(group).informal
    changed = words(legal_form="pl-assoc")
    organisation_services.update(draft, by=owner, version=draft.row_version, **changed)
    assert not fresh(draft).informal
    assert queries.standing(draft.id).informal_until is None


@pytest.mark.parametrize(
    ("form", "numbers", "field"),
    [
        ("pl-informal", {"krs": "123456"}, "legal_form"),
        ("bg-chitalishte", {"krs": "123456"}, "legal_form"),
        ("pl-assoc", {"krs": "", "nip": "1234567890"}, "nip"),
        ("pl-assoc", {"krs": "", "nip": "", "regon": ""}, None),
    ],
)
def test_faults_are_said_before_anybody_is_asked(form: str, numbers: dict[str, str], field: str | None) -> None:
    owner = make_person()
    group = make_group(owner)
    with pytest.raises(Refusal) as refused:
        services.ask_registering(group, legal_form=form, numbers=numbers, by=owner)
    assert [part.field for part in refused.value.parts] == [field]
    assert queries.open_registering(group.id) is None


def test_number_of_another_profile_is_refused() -> None:
    owner = make_person()
    make_organisation(krs="0000123456")
    with pytest.raises(Refusal):
        services.ask_registering(make_group(owner), by=owner, **ASKED)


def test_end_of_a_group_is_told_a_month_before_once_and_then_shown(frozen_clock: Any, outbox: Any, client: Any) -> None:
    owner = make_person()
    group = make_group(owner)
    make_member(group, "owner")
    day = dt.date(2027, 3, 1)
    with pytest.raises(Refusal):
        services.set_end(group, ends_on=dt.date(2026, 11, 21), by=owner)
    with pytest.raises(Refusal):
        services.set_end(group, ends_on=day, by=make_member(group, "editor"))
    services.set_end(group, ends_on=day, by=owner)
    address = f"/pl/organisations/{group.slug}"
    assert "Ostatni dzień grupy: 1 marca 2027" in client.get(address).text.replace("\xa0", " ")
    outbox.deliver()
    told = []
    for _ in range(110):
        remind()
        remind()
        told += [
            frozen_clock.moment.date()
            for mail in outbox.deliver()
            if str(mail["To"]) == owner.email and "Ostatni dzień" in str(mail["Subject"])
        ]
        frozen_clock.shift(days=1)
    assert told == [dt.date(2027, 1, 30)]
    page = client.get(address).text.replace("\xa0", " ")
    assert "Grupa zakończyła działanie. Ostatni dzień: 1 marca 2027" in page
    assert fresh(group).status == "published"


def test_another_day_is_told_again_and_no_day_never(frozen_clock: Any, outbox: Any) -> None:
    owner = make_person()
    group = make_group(owner)
    for day in (dt.date(2026, 12, 1), dt.date(2026, 12, 5)):
        services.set_end(group, ends_on=day, by=owner)
        assert services.remind_of_ends() == 1
        assert services.remind_of_ends() == 0
    services.set_end(group, ends_on=None, by=owner)
    assert services.remind_of_ends() == 0
    assert queries.standing(group.id).ends_on is None


def test_pages_of_the_time_of_a_group(as_person: Any) -> None:
    owner, administrator = make_person(), make_administrator()
    group = make_group(owner)
    browser, base = as_person(owner), f"/pl/organisations/{group.slug}/trust"
    assert browser.submit(f"{base}/end", {"ends_on": "wczoraj"}).status_code == 422
    assert browser.submit(f"{base}/end", {"ends_on": "1.07.2099"}).status_code == 303
    assert "2099" in browser.get(base).text
    assert browser.submit(f"{base}/registered", {"legal_form": "pl-assoc", "krs": "12x"}).status_code == 422
    assert browser.submit(f"{base}/registered", {"legal_form": "pl-assoc", "krs": "123456"}).status_code == 303
    asked = queries.open_registering(group.id)
    assert asked is not None
    page = f"/pl/registrations-of-groups/{asked.id}"
    assert "123456" in browser.get(page).text
    team = as_person(administrator)
    assert team.submit(page, {"reason": ""}, button="decision=refuse").status_code == 422
    assert team.submit(page, {"reason": ""}, button="decision=accept").status_code == 303
    assert not fresh(group).informal

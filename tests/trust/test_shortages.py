"""What a group lacks: sixty days, each step once, then those who oversee it; never silently unpublished."""

from collections import Counter
from typing import Any

import pytest

from portal.ground.authz import PORTAL
from portal.organisations import services as organisations
from portal.organisations.models import Role
from portal.trust import queries, services
from portal.trust.jobs import remind
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import fresh, make_member, role_of
from tests.factories.people import make_administrator, make_person
from tests.factories.trust import make_group, make_patronage, make_vouch

pytestmark = pytest.mark.usefixtures("app")


def supported(owner: Any) -> Any:
    """A public group with two owners and two vouches."""
    group = make_group(owner)
    make_member(group, "owner")
    for _ in range(2):
        make_vouch(group, owner)
    return group


def days_of_mails(
    frozen_clock: Any, outbox: Any, people: dict[str, str], until: int, step: int = 1
) -> dict[str, list[int]]:
    """On which days each of these people got a mail, when the job runs three times a day."""
    found: dict[str, list[int]] = {name: [] for name in people}
    outbox.deliver()
    for day in range(0, until, step):
        for _ in range(3):
            remind()
        sent = Counter(str(mail["To"]) for mail in outbox.deliver())
        for name, address in people.items():
            found[name] += [day] * sent[address]
        frozen_clock.shift(days=step)
    return found


def test_group_without_support_is_told_four_times_and_stays_public(frozen_clock: Any, outbox: Any) -> None:
    owner, second, coordinator = make_person(), make_person(), make_person()
    group = make_group(owner)
    make_member(group, "owner", second)
    make_application(make_network(coordinators=(coordinator,)), group, owner, status="active")
    make_administrator()
    people = {"owner": str(owner.email), "second": str(second.email), "coordinator": str(coordinator.email)}
    days = days_of_mails(frozen_clock, outbox, people, 70)
    assert days == {"owner": [0, 30, 53], "second": [0, 30, 53], "coordinator": [60]}
    assert fresh(group).status == "published"
    assert [case.organisation.id for case in queries.cases_of(coordinator)] == [group.id]
    assert queries.cases_of(owner) == []


def test_group_with_one_owner_is_reminded_twice_then_its_coordinators_get_a_task(
    frozen_clock: Any, outbox: Any
) -> None:
    owner, coordinator = make_person(), make_person()
    group = make_group(owner)
    for _ in range(2):
        make_vouch(group, owner)
    make_application(make_network(coordinators=(coordinator,)), group, owner, status="active")
    people = {"owner": str(owner.email), "coordinator": str(coordinator.email)}
    assert days_of_mails(frozen_clock, outbox, people, 70) == {"owner": [30, 53], "coordinator": [60]}
    assert [case.about for case in queries.cases_of(coordinator)] == ["second-owner"]
    organisations.grant_role(group, to=make_person(), role=Role.OWNER, by=PORTAL)
    remind()
    assert queries.cases_of(coordinator) == []
    assert queries.shortages_of(group.id) == {}


def test_job_that_did_not_run_for_months_sends_the_newest_step_alone(frozen_clock: Any, outbox: Any) -> None:
    owner, administrator = make_person(), make_administrator()
    make_member(make_group(owner), "owner")
    people = {"owner": str(owner.email), "team": str(administrator.email)}
    assert days_of_mails(frozen_clock, outbox, people, 200, step=100) == {"owner": [0], "team": [100]}


def test_a_step_is_taken_and_noted_once(frozen_clock: Any, outbox: Any) -> None:
    make_group(make_person())
    taken = []
    for _day in range(32):
        taken.append(sum(remind() for _ in range(3)))
        frozen_clock.shift(days=1)
    # Without support at once and after 30 days; without a second owner after 30.
    assert [(day, number) for day, number in enumerate(taken) if number] == [(0, 1), (30, 2)]


def test_a_group_with_everything_is_left_alone(frozen_clock: Any, outbox: Any) -> None:
    owner = make_person()
    supported(owner)
    assert days_of_mails(frozen_clock, outbox, {"owner": str(owner.email)}, 70, step=10) == {"owner": []}


def test_withdrawn_vouch_begins_sixty_days_at_once_with_the_reason(frozen_clock: Any, outbox: Any) -> None:
    owner = make_person()
    group = supported(owner)
    given, person = queries.vouches_of(group.id)[0]
    outbox.deliver()
    services.withdraw_vouch(given, reason="Nie znamy już tej grupy.", by=person)
    assert set(queries.shortages_of(group.id)) == {"support"}
    outbox.deliver()
    texts = [outbox.text(mail) for mail in outbox.to(str(owner.email))]
    assert any("Nie znamy już tej grupy." in text for text in texts)
    assert fresh(group).status == "published"
    frozen_clock.shift(days=59)
    make_vouch(group, owner)
    assert queries.shortages_of(group.id) == {}
    frozen_clock.shift(days=10)
    remind()
    assert queries.cases_of(make_administrator()) == []


def test_reason_is_needed_to_withdraw_and_only_the_voucher_withdraws() -> None:
    from portal.ground.errors import Refusal

    owner = make_person()
    group = supported(owner)
    given, person = queries.vouches_of(group.id)[0]
    for by, reason in ((person, "  "), (owner, "Nie chcemy."), (make_person(), "Nie wiem.")):
        with pytest.raises(Refusal):
            services.withdraw_vouch(given, reason=reason, by=by)
    assert queries.has_support(group.id)


def test_patron_that_ends_leaves_sixty_days() -> None:
    owner = make_person()
    group = make_group(owner)
    asked, boss = make_patronage(group, owner)
    services.accept_patronage(asked, by=boss)
    remind()
    assert set(queries.shortages_of(group.id)) == {"second-owner"}
    services.end_patronage(asked, reason="Kończymy działalność.", by=boss)
    assert set(queries.shortages_of(group.id)) == {"second-owner", "support"}


def test_end_of_a_role_of_the_second_owner_is_noticed(frozen_clock: Any) -> None:
    owner = make_person()
    group = supported(owner)
    remind()
    assert queries.shortages_of(group.id) == {}
    second = next(one for one in queries.owners(group.id) if one.id != owner.id)
    organisations.end_role(role_of(group, second), by=owner)
    remind()
    assert queries.shortages_of(group.id)["second-owner"].since == frozen_clock.moment


def test_drafts_and_registered_organisations_lack_nothing() -> None:
    from tests.factories.organisations import make_organisation

    owner = make_person()
    group, organisation = make_group(owner, status="draft"), make_organisation(owner)
    remind()
    assert queries.shortages_of(group.id) == queries.shortages_of(organisation.id) == {}


def test_one_bad_group_stops_no_other(monkeypatch: Any) -> None:
    from portal.trust.services import shortages

    first, second = make_group(make_person()), make_group(make_person())
    whole = queries.lacks

    def lacks(organisation: Any) -> Any:
        if organisation.id == first.id:
            raise RuntimeError("bad")
        return whole(organisation)

    monkeypatch.setattr(shortages.queries, "lacks", lacks)
    services.watch()
    assert queries.shortages_of(first.id) == {}
    assert set(queries.shortages_of(second.id)) == {"support", "second-owner"}


def test_the_people_of_the_group_see_what_it_lacks_on_their_page(as_person: Any) -> None:
    owner = make_person()
    group = make_group(owner)
    remind()
    assert f"/pl/organisations/{group.slug}/trust" in as_person(owner).get("/pl/account/").text

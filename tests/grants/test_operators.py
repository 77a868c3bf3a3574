"""Who gives micro-grants: named by the portal team, ended and never edited, told on the profile."""

from typing import Any

import pytest
import sqlalchemy as sa

from portal.grants import queries, services
from portal.grants.models import Operator
from portal.ground import clock
from portal.ground.authz import NotAllowed
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict
from portal.organisations import services as organisations
from portal.organisations.models import Organisation
from tests.factories.grants import fresh_operator, make_operator
from tests.factories.organisations import make_organisation
from tests.factories.people import make_administrator, make_person
from tests.merging.pairs import merge

pytestmark = pytest.mark.usefixtures("app")


def rows_of(organisation: Organisation) -> list[Operator]:
    db.session.rollback()
    query = sa.select(Operator).where(Operator.organisation_id == organisation.id).order_by(Operator.id)
    return [*db.session.scalars(query)]


def acts(organisation: Organisation) -> list[str]:
    verbs = sa.text(
        "SELECT verb FROM audit_entry WHERE object_type = 'organisation' AND object_id = :n ORDER BY number"
    )
    return [*db.session.scalars(verbs, {"n": organisation.id})]


def test_the_team_names_and_ends_and_the_rows_stay(frozen_clock: Any) -> None:
    team, organisation = make_administrator(), make_organisation()
    first = services.name_operator(organisation, by=team)
    with pytest.raises(Conflict):
        services.name_operator(organisation, by=team)
    frozen_clock.shift(days=1)
    services.end_operator(first, by=team)
    with pytest.raises(Conflict):
        services.end_operator(first, by=team)
    services.name_operator(organisation, by=team)
    found = rows_of(organisation)
    assert [(row.ended_at is None, row.granted_by, row.ended_by) for row in found] == [
        (False, team.id, team.id), (True, team.id, None),
    ]  # fmt: skip
    assert acts(organisation)[-3:] == ["operator.named", "operator.ended", "operator.named"]


def test_no_second_open_row_gets_into_the_database() -> None:
    operator = make_operator()
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.add(Operator(organisation_id=operator.organisation_id))
        session.flush()


def test_nobody_names_their_own_organisation_and_no_draft_is_named() -> None:
    team = make_administrator()
    with pytest.raises(NotAllowed):
        services.name_operator(make_organisation(team), by=team)
    with pytest.raises(NotAllowed):
        services.name_operator(make_organisation(status="draft"), by=team)


def test_the_profile_says_it_with_the_day_and_names_nobody(client: Any, frozen_clock: Any) -> None:
    team = make_administrator("Ada Zespołowa")
    organisation = make_operator(by=team).organisation
    page = client.get(f"/pl/organisations/{organisation.slug}").text.replace("\u00a0", " ")
    assert "Operator mikrograntów, wyznaczony przez zespół portalu: 21 listopada 2026" in page
    assert "Ada Zespołowa" not in page
    assert "Operator mikrograntów" not in client.get(f"/pl/organisations/{make_organisation().slug}").text


def test_the_team_goes_from_the_profile_to_the_button_and_back(as_person: Any) -> None:
    browser, organisation = as_person(make_administrator()), make_organisation(name="Miedza")
    assert (
        f"/pl/organisations/{organisation.slug}/operator" in browser.get(f"/pl/organisations/{organisation.slug}").text
    )
    assert browser.submit(f"/pl/organisations/{organisation.slug}/operator", {}).status_code == 303
    (row,) = rows_of(organisation)
    assert "Miedza" in browser.get("/pl/grants/operators").text
    assert "/pl/grants/operators" in browser.get("/pl/account").text
    assert browser.submit(f"/pl/grants/operators/{row.id}/end", {}).status_code == 303
    assert not queries.is_operator(organisation.id)
    assert browser.get(f"/pl/grants/operators/{row.id}/end").status_code == 403


def test_named_twice_at_once_the_second_is_told(as_person: Any) -> None:
    browser, organisation = as_person(make_administrator()), make_organisation()
    make_operator(of=organisation)
    answer = browser.submit(f"/pl/organisations/{organisation.slug}/operator", {})
    assert answer.status_code == 409
    assert "jest już operatorem" in answer.text.replace("\u00a0", " ")


def test_closing_the_organisation_ends_it() -> None:
    owner = make_person()
    organisation = make_operator(owner).organisation
    organisations.close(organisation, last_day=clock.today("Europe/Warsaw"), by=owner)
    (row,) = rows_of(organisation)
    assert row.ended_at is not None and row.ended_by is None


@pytest.mark.parametrize("both", [False, True])
def test_a_merge_takes_it_along_and_leaves_one_open(both: bool) -> None:
    owner = make_person()
    kept, lost = make_organisation(owner, name="Lipa"), make_organisation(owner, name="Lipa druga")
    make_operator(of=lost)
    if both:
        make_operator(of=kept)
    merge(kept, lost, owner)
    found = rows_of(kept)
    assert [row.ended_at is None for row in found] == ([True, False] if both else [True])
    assert rows_of(lost) == []


def test_two_accounts_that_become_one_keep_who_named() -> None:
    gone, kept = make_administrator(), make_administrator()
    operator = make_operator(by=gone)
    with transaction():
        services.hand_over(gone_id=gone.id, kept_id=kept.id)
    assert fresh_operator(operator).granted_by == kept.id

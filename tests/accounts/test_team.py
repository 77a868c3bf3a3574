"""The portal team: roles are granted and ended, never edited."""

import pytest
import sqlalchemy as sa

from portal.accounts import queries, services
from portal.accounts.models import PortalRole
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.ground.errors import Conflict, Refusal
from tests.factories.people import make_administrator, make_person

TEAM = "/en/account/team"


def test_granting_twice_is_one_role_with_its_date(app):
    first = make_administrator()
    person = make_person(email="druga@example.org")
    for _ in range(2):
        services.grant_administrator(address="DRUGA@example.org", by=first)
    roles = db.session.scalars(sa.select(PortalRole).where(PortalRole.person_id == person.id)).all()
    assert [(role.granted_by, role.ended_at) for role in roles] == [(first.id, None)]
    assert queries.is_administrator(person)


def test_an_ended_role_stays_in_the_record(app):
    first, second = make_administrator(), make_administrator()
    services.end_administrator(second.id, by=first)
    assert not queries.is_administrator(second)
    role = db.session.scalar(sa.select(PortalRole).where(PortalRole.person_id == second.id))
    assert (role.ended_by, role.ended_at is not None) == (first.id, True)
    services.grant_administrator(address=second.email, by=first)
    assert queries.is_administrator(second)


def test_the_last_one_stays(app):
    only = make_administrator()
    with pytest.raises(Conflict):
        services.end_administrator(only.id, by=only)
    assert queries.is_administrator(only)


def test_an_address_without_an_account_is_refused(app):
    make_person(email="bez@example.org", account=False)
    with pytest.raises(Refusal) as refused:
        services.grant_administrator(address="bez@example.org", by=PORTAL)
    assert refused.value.field == "email"


def test_page_is_for_the_team_only(client, as_person):
    assert client.get(TEAM).status_code == 303
    assert as_person(make_person()).get(TEAM).status_code == 403
    browser = as_person(make_administrator("Ada Zespołowa"))
    assert "Ada Zespołowa" in browser.get(TEAM).text
    assert TEAM in browser.get("/en/account/").text


def test_page_adds_and_ends(as_person):
    browser = as_person(make_administrator())
    person = make_person("Borys Nowy", "borys@example.org")
    response = browser.submit(TEAM, {"email": "nikt@example.org"})
    assert response.status_code == 422
    assert 'value="nikt@example.org"' in response.text
    assert browser.submit(response, {"email": "borys@example.org"}).status_code == 303
    page = browser.get(TEAM)
    assert "Borys Nowy" in page.text
    assert browser.submit(page, {}, action=f"/en/account/team/{person.id}/end").status_code == 303
    assert "Borys Nowy" not in browser.get(TEAM).text


def test_ending_the_last_one_says_why_not(as_person):
    only = make_administrator()
    browser = as_person(only)
    response = browser.submit(TEAM, {}, action=f"/en/account/team/{only.id}/end")
    assert response.status_code == 409
    assert "last person" in response.text

"""`portal access`: every address with its mark, and why somebody may or may not, as the rules themselves say it."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import rights
from portal.accounts.models import PortalRole
from portal.ground.authz import RULES, can
from portal.ground.db import db
from portal.membership.models import NetworkRole
from portal.organisations.models import OrganisationRole
from tests.factories.events import make_event, make_session
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.whole.test_start import command

on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@on_sqlite
def test_every_address_is_told_with_its_mark(app: Flask) -> None:
    told = {(one.route, one.endpoint): one for one in rights.routes(app)}
    assert len(told) == len(list(app.url_map.iter_rules()))
    edit = told["/<lang:lang>/organisations/<slug:slug>/edit/<section>", "organisations.edit_section"]
    assert (edit.methods, edit.mark, edit.permission, edit.object) == (
        ["GET", "POST"], "requires", "organisations:edit", "Organisation",
    )  # fmt: skip
    confirm = next(one for one in told.values() if one.endpoint == "registration.confirm")
    assert (confirm.mark, confirm.purpose, confirm.permission) == ("by_link", "registration.confirm", None)
    assert {one.mark for one in told.values()} == {"public", "signed_in", "by_link", "requires"}


def test_a_role_that_lets_somebody_is_told_and_others_of_theirs_are_not(app: Flask) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    make_organisation(owner)  # a role elsewhere lets nobody in here
    make_member(organisation, "translator", owner)
    answer = rights.why(str(owner.email), "organisations:edit", organisation.slug)
    assert (answer.allowed, answer.by, answer.knows) == (True, "role", True)
    assert answer.rule == "portal.organisations.policies.may_edit"
    assert [(one.table, one.role, one.of) for one in answer.roles] == [
        ("organisation_role", "owner", {"organisation": organisation.id})
    ]
    both = rights.why(str(owner.email), "organisations:translate", organisation.slug)
    assert [one.role for one in both.roles] == ["owner", "translator"]


def test_nothing_of_what_was_tried_stays(app: Flask) -> None:
    coordinator = make_person()
    network = make_network(coordinators=(coordinator,))
    event = make_event(network)
    before = roles_of_all()
    for permission in ("events:edit", "events:see", "events:delete"):
        rights.why(str(coordinator.email), permission, event.slug)
    assert roles_of_all() == before
    assert can("events:edit", event, person=coordinator)
    assert all(row[1] is None for row in before) and before


def roles_of_all() -> list[tuple[object, ...]]:
    db.session.rollback()
    return [
        tuple(row)
        for model in (OrganisationRole, NetworkRole, PortalRole)
        for row in db.session.execute(sa.select(model.id, model.ended_at, model.role).order_by(model.id))
    ]


def test_the_role_that_is_in_the_way_is_told(app: Flask) -> None:
    """Nobody decides on an organisation in which they have a role."""
    coordinator = make_person()
    network = make_network(coordinators=(coordinator,))
    membership = make_application(network)
    make_member(membership.organisation, "author", coordinator)
    answer = rights.why(str(coordinator.email), "membership:decide", f"membership:{membership.id}")
    assert (answer.allowed, answer.by, answer.roles) == (False, "role", [])
    assert [(one.table, one.role) for one in answer.in_the_way] == [("organisation_role", "author")]


def test_what_everybody_may_and_what_an_account_is_enough_for(app: Flask) -> None:
    person, organisation = make_person(account=False), make_organisation()
    everybody = rights.why(str(person.email), "organisations:see", organisation.slug)
    assert (everybody.by, everybody.roles, everybody.person["has_account"]) == ("everybody", [], False)
    assert rights.why(str(person.email), "organisations:create").by == "account"
    own = rights.why(str(person.email), "accounts:own", str(person.id))
    assert (own.allowed, own.by) == (True, "account")
    nothing = rights.why(str(person.email), "organisations:edit", organisation.slug)
    assert (nothing.allowed, nothing.by, nothing.in_the_way) == (False, "nothing", [])


def test_who_may_not_even_know_of_it_is_told_so(app: Flask) -> None:
    draft = make_organisation(status="draft")
    answer = rights.why(str(make_person().email), "organisations:edit", draft.slug)
    assert (answer.allowed, answer.knows) == (False, False)
    assert rights.why(str(make_administrator().email), "organisations:edit", draft.slug).knows


def test_a_part_of_an_event_is_named_by_its_table_and_number(app: Flask) -> None:
    coordinator = make_person()
    session = make_session(make_event(make_network(coordinators=(coordinator,))))
    answer = rights.why(str(coordinator.email).upper(), "events:edit", f"session:{session.id}")
    assert answer.allowed
    assert answer.object == {"table": "session", "id": session.id, "slug": None}


@pytest.mark.parametrize(
    ("address", "permission", "named", "says"),
    [
        ("nobody@example.org", "organisations:create", None, "knows nobody with the address 'nobody@example.org'"),
        ("", "organisations:create", None, "knows nobody"),
        ("a@example.org", "organisations:creat", None, "Near it: organisations:create"),
        ("a@example.org", "x", None, "Near it: nothing"),
        ("a@example.org", "organisations:create", "lipa", "about no object"),
        ("a@example.org", "organisations:edit", None, "name it with --object"),
        ("a@example.org", "organisations:edit", "lipa", "There is no 'lipa' among organisation"),
        ("a@example.org", "events:edit", "7", "There is no '7' among event, event_role, room, session, slot"),
        ("a@example.org", "events:edit", "post:1", "There is no 'post:1'"),
        ("a@example.org", "events:edit", "session:" + "9" * 40, "There is no"),
        ("a@example.org", "membership:decide", "8000", "There is no '8000' among membership"),
    ],
)
def test_what_there_is_not_is_told(app: Flask, address: str, permission: str, named: str | None, says: str) -> None:
    make_person(email="a@example.org")
    with pytest.raises(rights.Unknown) as refused:
        rights.why(address, permission, named)
    assert says in str(refused.value)


@on_sqlite
def test_what_each_permission_is_about_is_known(app: Flask) -> None:
    """A rule says by the type of its second argument what it is about: `object` where it is about nothing."""
    about_nothing = {name for name in RULES.get() if not rights._models_of(name)}
    assert about_nothing == {
        "accounts:manage_team", "organisations:create", "membership:create_network", "membership:see_tasks", "events:see_own",
        "news:see_own", "pages:edit_operator", "registration:deletions", "freshness:see_list", "imports:bring", "trust:see_cases",
        "saved:keep", "projects:see_own", "grants:see_operators", "grants:see_own",
        # Of a question, a file or a sender of a network: no number alone names one.
        "membership:edit_question", "membership:see_file", "messages:write",
        # Of two profiles at once.
        "merging:compare", "merging:merge", "merging:propose",
    }  # fmt: skip


def test_the_commands_print_json_and_refuse_with_a_sentence(demo_var: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(demo_var, tmp_path / "var")
    listed = json.loads(command(tmp_path / "var", "access", "--json").stdout)
    assert {"route", "methods", "mark", "permission", "object"} <= listed[0].keys()
    asked = ["access", "why", "--address", "coordinator@example.org", "--permission", "events:edit"]
    done = command(tmp_path / "var", *asked, "--object", "kongres-wspolpracy-lokalnej", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["allowed"], told["roles"][0]["role"]) == (0, True, "coordinator")
    refused = command(tmp_path / "var", *asked)
    assert (refused.returncode, refused.stdout) == (1, "") and "--object" in refused.stderr

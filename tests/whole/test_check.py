"""`portal check` finds each fault that somebody plants past the portal, and none in what the portal itself has made."""

import contextlib
import json
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import checking, mail
from portal.events.models import Event
from portal.events.services.editing import reindex
from portal.face.media import storage
from portal.ground import checks
from portal.ground.checks import Check, Fault
from portal.ground.config import CONFIG
from portal.ground.db import Model, db, transaction
from portal.registration import services as registration
from tests.areas import planted as areas
from tests.documents import planted as documents
from tests.factories.events import make_event, make_room, make_session, make_slot
from tests.factories.networks import make_application, make_network, make_review
from tests.factories.news import make_post
from tests.factories.organisations import make_organisation
from tests.factories.people import make_account, make_administrator, make_person
from tests.factories.registrations import confirmed
from tests.grants import planted as grants
from tests.imports import planted as imports
from tests.projects import planted as projects
from tests.saved import planted as saved
from tests.trust import planted as trust
from tests.whole.planted import NOW, PLANTED
from tests.whole.test_start import command

on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def world(app: Flask) -> dict[str, object]:
    """A portal in which everything has happened once, by the services: numbers by name."""
    owner, coordinator, administrator = make_person(), make_person(), make_administrator()
    network = make_network(coordinators=(coordinator,))
    organisation = make_organisation(owner)
    membership = make_application(network, organisation, owner, status="active")
    review = make_review(make_person(), network)
    event = make_event(network, seats=5)
    session = make_session(event, seats=1, slot=make_slot(event), room_id=make_room(event).id)
    other = make_event(network)
    other_session = make_session(other, slot=make_slot(other), room_id=make_room(other).id)
    holder, _waiting = confirmed(event, session), confirmed(event, session)
    registration.cancel(confirmed(event).id)
    post = make_post(organisation)
    with transaction():  # the factories of events write past the services that index
        for one in (event, other):
            reindex(db.session.get_one(Event, one.id))
    while mail.send_due():
        pass
    found: dict[str, object] = {
        "now": NOW, "person": make_person().id, "account": make_account().id, "owner": owner.id, "network": network.id,
        "coordinator": coordinator.id, "administrator": administrator.id, "organisation": organisation.id,
        "slug": organisation.slug, "membership": membership.id, "review": review.id, "event": event.id,
        "waiting_profile": review.organisation_id, "session": session.id, "other_session": other_session.id,
        "other_slot": other_session.slot_id, "other_room": other_session.room_id, "registration": holder.id, "post": post.id,
        **areas.things(), **imports.things(), **documents.things(organisation, owner),
        **projects.things(organisation), **grants.things(organisation),
        **saved.things(owner), **trust.things(organisation, coordinator),
    }  # fmt: skip
    for name, table, column in [
        ("owner_role", "organisation_role", "owner"), ("coordinator_role", "network_role", "coordinator"),
        ("team_role", "portal_role", "administrator"),
    ]:  # fmt: skip
        query = sa.text(f"SELECT id FROM {table} WHERE person_id = {found[column]}")
        found[name] = db.session.scalar(query)
    found["booking"] = db.session.scalar(sa.text(f"SELECT id FROM booking WHERE registration_id = {holder.id}"))
    db.session.rollback()
    return found


@contextlib.contextmanager
def unguarded() -> Iterator[None]:
    """A use-case that is undone, in which the database keeps nobody from anything."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    try:
        with transaction() as session:
            if is_sqlite:
                session.execute(sa.text("PRAGMA defer_foreign_keys = ON"))
                session.execute(sa.text("PRAGMA ignore_check_constraints = ON"))
            else:
                session.execute(sa.text("SET LOCAL session_replication_role = replica"))
                for mapper in Model.registry.mappers:
                    for one in mapper.local_table.constraints:
                        if isinstance(one, sa.CheckConstraint):
                            session.execute(
                                sa.text(f"ALTER TABLE {mapper.local_table.name} DROP CONSTRAINT {one.name}")
                            )
            yield
            raise _Undone
    except _Undone:
        pass
    finally:
        if is_sqlite:
            with contextlib.suppress(_Undone), transaction() as session:
                session.execute(sa.text("PRAGMA ignore_check_constraints = OFF"))
                raise _Undone


class _Undone(Exception):
    pass


def found_by(name: str) -> list[Fault]:
    return list(checks.run(check for check in checking.every_check() if check.name == name))


def test_what_the_portal_made_is_as_it_must_be(world: dict[str, object]) -> None:
    assert list(checking.run()) == []


def test_each_planted_fault_is_found_and_named(world: dict[str, object]) -> None:
    missed = []
    for name, (number, *statements) in PLANTED.items():
        with unguarded():
            for statement in statements:
                db.session.execute(sa.text(statement.format(**world).replace(":", r"\:")))
            faults = found_by(name)
            told = {str(one) for fault in faults for one in fault.first}
            wanted = number.format(**world)
            if not any(one == wanted or (wanted.startswith("/") and one.endswith(wanted)) for one in told):
                missed.append((name, wanted, faults))
    assert not missed, "\n".join(map(str, missed))
    assert list(checking.run()) == []  # nothing of it has stayed


def test_every_check_has_a_planted_fault(app: Flask) -> None:
    names = [check.name for check in checking.every_check()]
    assert len(set(names)) == len(names)
    general = ("references.", "states.")
    planted = {name for name in PLANTED if not name.startswith(general)} | {"files.without-row"}
    assert planted == {name for name in names if not name.startswith(general)}
    assert {name for name in PLANTED if name.startswith(general)} < set(names)


@on_sqlite
def test_content_that_no_row_knows_is_found_when_it_is_old(app: Flask) -> None:
    storage.put("ab/new.webp", b"x")
    storage.put("ab/old.webp", b"x")
    path = CONFIG.get().var / "media" / "ab" / "old.webp"
    os.utime(path, (time.time() - 3 * 86400,) * 2)
    assert [fault.first for fault in found_by("files.without-row")] == [["ab/old.webp"]]


def test_many_faults_are_counted_up_to_a_bound_and_the_first_are_told(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(13):
        make_person(account=False)
    monkeypatch.setattr(checks, "MOST", 12)
    from portal.accounts.models import Person

    (fault,) = checks.run([checks.rows("people", Person, "There are people.", Person.name != "")])
    assert (fault.count, fault.is_more, len(fault.first)) == (12, True, 10)
    assert list(fault.first) == sorted(fault.first)  # type: ignore[type-var]


@on_sqlite
def test_a_check_that_cannot_be_asked_is_told_and_stops_no_other(app: Flask) -> None:
    def broken() -> list[int]:
        raise ValueError("a stored text that nobody can read")

    first, second = checks.run([Check("a", "t", "A.", broken), Check("b", "t", "B.", lambda: [7])])
    assert (first.check, first.says, first.count) == ("a", "This cannot be looked at (ValueError).", 0)
    assert (second.check, second.first) == ("b", [7])


def test_the_demo_is_as_it_must_be_and_the_command_tells_what_is_not(demo_var: Path, tmp_path: Path) -> None:
    shutil.copytree(demo_var, tmp_path / "var")
    done = command(tmp_path / "var", "check", "--json")
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["faults"] == []
    with contextlib.closing(sqlite3.connect(tmp_path / "var" / "synergia.db", isolation_level=None)) as database:
        database.execute("UPDATE network_size SET members = members + 1")
    done = command(tmp_path / "var", "check", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["ok"], done.stderr) == (1, False, "")
    assert [(one["check"], one["table"]) for one in told["faults"]] == [("membership.size", "network_size")]
    assert told["faults"][0]["count"] >= len(told["faults"][0]["first"]) >= 1
    plain = command(tmp_path / "var", "check")
    assert plain.returncode == 1 and plain.stdout.startswith("membership.size: ")

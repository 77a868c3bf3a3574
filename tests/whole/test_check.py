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
from tests.freshness import planted as freshness
from tests.imports import planted as imports
from tests.merging import planted as merging
from tests.trust import planted as trust
from tests.whole.test_start import command

on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
NOW = "CURRENT_TIMESTAMP"
MAIL = (
    'INSERT INTO outbox_mail (id, dedupe_key, "to", lang, template, payload, state, queued_at, due_at, sent_at, tries,'
    " message_id, subject) VALUES (9000, 'x', '{to}', 'pl', 't', {payload}, '{state}', {now}, {now}, {sent}, 0, 'x', '')"
)
FILE = (
    "INSERT INTO file (id, sha256, mime, size, width, height, variants, created_at)"
    ' VALUES (9000, \'x\', \'image/webp\', 1, 1, 1, \'[{{"key": "gone", "width": 1, "height": 1}}]\', {now})'
)
LINK = (
    "INSERT INTO link_token (id, purpose, subject, token_hash, created_at, expires_at)"
    " VALUES (9000, 'registration.manage', 'registration:8000', 'x', {now}, '2099-01-01')"
)


def mailed(state: str, *, to: str = "a@example.org", payload: str = "NULL", sent: str = NOW) -> str:
    return MAIL.format(state=state, to=to, payload=payload, sent=sent, now=NOW)


# Check -> what plants it. `{name}` is the number of a thing of `world`; the first one is the number that must be told.
PLANTED: dict[str, tuple[str, ...]] = {
    "links.without-subject": ("9000", LINK),
    "mail.without-payload": ("9000", mailed("queued", sent="NULL")),
    "mail.without-time": ("9000", mailed("sent", sent="NULL")),
    "mail.kept-payload": ("9000", mailed("unwanted", payload="'{{}}'")),
    "mail.without-address": ("9000", mailed("sent", to="")),
    "files.unused": ("9000", FILE),
    "files.without-content": ("9000", FILE),
    "audit.chain": ("2", "UPDATE audit_entry SET verb = 'other' WHERE number = 2"),
    "accounts.role.held-twice": (
        "9001", "DROP INDEX uq_portal_role_open",
        "INSERT INTO portal_role (id, person_id, role, granted_at) VALUES (9000, {person}, 'administrator', {now})",
        "INSERT INTO portal_role (id, person_id, role, granted_at) VALUES (9001, {person}, 'administrator', {now})",
    ),
    "accounts.role.held-by-nobody": ("{team_role}", "UPDATE person SET name = '' WHERE id = {administrator}"),
    "accounts.address-of-shell": ("{person}", "UPDATE person SET name = '' WHERE id = {person}"),
    "accounts.address-apart": ("{account}", "UPDATE account SET email = 'else@example.org' WHERE id = {account}"),
    "accounts.step-without-secret": ("{account}", "UPDATE account SET totp_since = {now} WHERE id = {account}"),
    "organisations.role.held-twice": (
        "9000", "DROP INDEX uq_organisation_role_open",
        "INSERT INTO organisation_role (id, organisation_id, person_id, role, granted_at)"
        " VALUES (9000, {organisation}, {owner}, 'owner', {now})",
    ),
    "organisations.role.held-by-nobody": ("{owner_role}", "UPDATE person SET name = '' WHERE id = {owner}"),
    "organisations.without-owner": ("{organisation}", "UPDATE organisation_role SET ended_at = {now} WHERE id = {owner_role}"),
    "organisations.unknown-code": ("{organisation}", "UPDATE organisation SET region = 'XX-1' WHERE id = {organisation}"),
    "organisations.informal": ("{organisation}", "UPDATE organisation SET informal = NOT informal WHERE id = {organisation}"),
    "organisations.listing": ("{organisation}", "UPDATE organisation SET status = 'hidden' WHERE id = {organisation}"),
    "organisations.listing-apart": ("{organisation}/", "UPDATE organisation SET region = 'PL-12' WHERE id = {organisation}"),
    "organisations.terms": ("{organisation}", "UPDATE organisation SET legal_form = 'pl-kgw' WHERE id = {organisation}"),
    "organisations.bitmaps": ("country:PL", "DELETE FROM directory_change"),
    "organisations.former-address": (
        "{slug}",
        "INSERT INTO organisation_former_slug (slug, organisation_id, until) VALUES ('{slug}', {waiting_profile}, {now})",
    ),
    "organisations.invitation": ("9000",
        "INSERT INTO organisation_invitation (id, organisation_id, email, role, invited_at, accepted_at, revoked_at)"
        " VALUES (9000, {organisation}, 'a@example.org', 'editor', {now}, {now}, {now})",
    ),
    "organisations.never-dated": ("{organisation}", "UPDATE organisation SET published_at = NULL WHERE id = {organisation}"),
    "organisations.empty-number": ("9000",
        "INSERT INTO organisation_identifier (id, organisation_id, scheme, value) VALUES (9000, {organisation}, 'PL-KRS', '')",
    ),
    "search.organisation-missing": (
        "{organisation}", "DELETE FROM search_document WHERE kind = 'organisation' AND object_id = {organisation}",
    ),
    "search.organisation-left": ("{organisation}", "UPDATE organisation SET status = 'hidden' WHERE id = {organisation}"),
    "search.organisation-placeless": ("{organisation}", "DELETE FROM search_order"),
    "search.organisation-apart": ("{organisation}", "UPDATE organisation SET town = 'Zamość' WHERE id = {organisation}"),
    "membership.role.held-twice": (
        "9000", "DROP INDEX uq_network_role_open",
        "INSERT INTO network_role (id, network_id, person_id, role, granted_at)"
        " VALUES (9000, {network}, {coordinator}, 'coordinator', {now})",
    ),
    "membership.role.held-by-nobody": ("{coordinator_role}", "UPDATE person SET name = '' WHERE id = {coordinator}"),
    "membership.size": ("{network}", "UPDATE network_size SET members = members + 1 WHERE network_id = {network}"),
    "membership.history": ("{membership}", "UPDATE membership SET status = 'declined' WHERE id = {membership}"),
    "membership.review-undecided": ("{review}", "UPDATE profile_review SET outcome = 'returned' WHERE id = {review}"),
    "membership.review-of-nothing": ("{review}", "UPDATE organisation SET status = 'draft' WHERE id = {waiting_profile}"),
    "membership.waits-for-nobody": ("{waiting_profile}", "DELETE FROM profile_review WHERE id = {review}"),
    **areas.PLANTED, **documents.PLANTED, **imports.PLANTED, **merging.PLANTED, **freshness.PLANTED, **trust.PLANTED,
    "search.network-missing": ("{network}", "DELETE FROM search_document WHERE kind = 'network' AND object_id = {network}"),
    "search.network-left": ("8000", "UPDATE search_document SET object_id = 8000 WHERE kind = 'network'"),
    "search.network-placeless": ("{network}", "DELETE FROM search_order"),
    "search.network-apart": ("{network}", "UPDATE search_document SET fold = '  x  ' WHERE kind = 'network'"),
    "events.slot-of-another": ("{session}", "UPDATE session SET slot_id = {other_slot} WHERE id = {session}"),
    "events.room-of-another": ("{session}", "UPDATE session SET room_id = {other_room} WHERE id = {session}"),
    "events.never-dated": ("{event}", "UPDATE event SET published_at = NULL WHERE id = {event}"),
    "events.reason-of-nothing": ("{session}", "UPDATE session SET cancel_reason = 'x' WHERE id = {session}"),
    "search.event-missing": ("{event}", "DELETE FROM search_document WHERE kind = 'event' AND object_id = {event}"),
    "search.event-left": ("{event}", "UPDATE event SET status = 'draft' WHERE id = {event}"),
    "search.event-placeless": ("{event}", "DELETE FROM search_order"),
    "search.event-apart": ("{event}", "UPDATE search_document SET url = 'events/x' WHERE kind = 'event' AND object_id = {event}"),
    "registration.event-seats-taken": ("{event}", "UPDATE event_seats SET taken = taken - 1 WHERE event_id = {event}"),
    "registration.event-seats": ("{event}", "DELETE FROM event_seats WHERE event_id = {event}"),
    "registration.event-overbooked": ("{event}", "UPDATE event SET seats = 1 WHERE id = {event}"),
    "registration.session-seats-taken": ("{session}", "UPDATE session_seats SET taken = 0 WHERE session_id = {session}"),
    "registration.session-seats": ("{session}", "UPDATE session SET seats = NULL WHERE id = {session}"),
    "registration.session-overbooked": ("{session}", "UPDATE booking SET status = 'booked' WHERE session_id = {session}"),
    "registration.booking-of-another": ("{booking}", "UPDATE booking SET session_id = {other_session} WHERE id = {booking}"),
    "registration.booked-unconfirmed": ("{booking}", "UPDATE registration SET status = 'expired' WHERE id = {registration}"),
    "registration.booked-cancelled": (
        "{booking}", "UPDATE registration SET status = 'cancelled', cancelled_at = {now} WHERE id = {registration}"),
    "registration.wished-confirmed": ("{booking}", "UPDATE booking SET status = 'wished' WHERE id = {booking}"),
    "registration.booked-in-cancelled-session": ("{booking}", "UPDATE session SET status = 'cancelled' WHERE id = {session}"),
    "registration.never-dated": ("{registration}", "UPDATE registration SET status = 'cancelled' WHERE id = {registration}"),
    "search.post-missing": ("{post}", "DELETE FROM search_document WHERE kind = 'post'"),
    "search.post-left": ("{post}", "UPDATE post SET status = 'unpublished' WHERE id = {post}"),
    "search.post-placeless": ("{post}", "DELETE FROM search_order"),
    "search.post-apart": ("{post}", "UPDATE post SET slug = 'x' WHERE id = {post}"),
    "references.booking.registration_id": ("{booking}", "UPDATE booking SET registration_id = 8000 WHERE id = {booking}"),
    "references.post.organisation_id": ("{post}", "UPDATE post SET organisation_id = 8000 WHERE id = {post}"),
    "states.membership.status": ("{membership}", "UPDATE membership SET status = 'lost' WHERE id = {membership}"),
    "states.registration.status": ("{registration}", "UPDATE registration SET status = 'lost' WHERE id = {registration}"),
}  # fmt: skip


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
        **areas.things(), **imports.things(), **documents.things(organisation, owner), **trust.things(organisation, coordinator),
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

"""What is handed out: every row that names the person, in files that any program reads, and nothing that opens the account."""

import io
import json
import zipfile
from typing import Any

import sqlalchemy as sa
from flask import Flask

from portal import privacy
from portal.accounts import services
from portal.accounts.models import EmailChange, Person
from portal.accounts.queries import account_of, subject
from portal.ground import audit
from portal.ground.db import Base, db
from portal.privacy import Subject
from portal.registration.models import Registration
from tests.factories.events import make_event
from tests.factories.lives import EMAIL, NAME, full_life
from tests.factories.people import make_person
from tests.factories.registrations import confirmed, submit
from tests.support.naming import person_columns


def opened(content: bytes) -> dict[str, Any]:
    """The files of a ZIP: JSON read, text as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        return {
            name: json.loads(packed.read(name)) if name.endswith(".json") else packed.read(name).decode()
            for name in packed.namelist()
        }


def taken(subject: Subject) -> dict[str, Any]:
    return opened(b"".join(privacy.archive(subject)))


def keys(table: sa.Table, rows: list[dict[str, Any]]) -> set[tuple[Any, ...]]:
    return {tuple(row[column.name] for column in table.primary_key.columns) for row in rows}


def test_every_row_that_names_her_is_there(app: Flask) -> None:
    life = full_life()
    files = taken(life.subject)
    for column in person_columns(Base.metadata):
        table = column.table
        key = sa.select(*table.primary_key.columns).where(column == life.person.id)
        wanted = {tuple(row) for row in db.session.execute(key)}
        assert wanted, f"{column}: the life in the factory lacks it"
        missing = wanted - keys(table, files.get(f"{table.name}.json", []))
        assert not missing, f"{column}: {missing} is not handed out"


def test_rows_that_only_know_the_address_are_there(app: Flask) -> None:
    files = taken(full_life().subject)
    assert [row["email"] for row in files["sign_up.json"]] == [EMAIL]
    assert EMAIL in [row["email"] for row in files["organisation_invitation.json"]]
    assert [row["email"] for row in files["search_reader.json"]] == [EMAIL]
    assert "seniorzy" in files["saved_search.json"][0]["filters"]
    assert "unverified" in [row["status"] for row in files["registration.json"]]
    assert files["limit_hit.json"]
    assert {row["verb"] for row in files["audit_entry.json"]} >= {"account.email_changed", "post.created"}


def test_nothing_of_others_and_nothing_that_opens_the_account_is_there(app: Flask) -> None:
    life = full_life()
    account = life.account
    text = json.dumps(taken(life.subject))
    for secret in (account.password, account.fs_uniquifier):
        assert secret not in text
    assert life.waiting.email not in text
    assert taken(life.subject)["person.json"] == [
        {**taken(life.subject)["person.json"][0], "id": life.person.id, "name": NAME, "email": EMAIL}
    ]


def test_things_stand_under_their_names(app: Flask) -> None:
    files = taken(full_life().subject)
    assert all(row["organisation"]["original"] == "pl" for row in files["organisation_role.json"])
    assert all(row["event"] for row in files["registration.json"])


def test_readme_tells_every_file_in_the_language_of_the_person(app: Flask) -> None:
    for language, word in (("pl", "Rejestracje"), ("bg", "Записвания"), ("en", "Registrations")):
        person = make_person(locale=language)
        files = taken(services.hand_out(person.id, by=person))
        readme = files.pop("README.txt")
        assert all(f"{name}: " in readme for name in files)
        assert word not in readme  # only what is there is told
        assert "%(" not in readme


def test_taking_away_is_on_record(app: Flask) -> None:
    person = make_person()
    services.hand_out(person.id, by=person)
    verbs = db.session.scalars(sa.select(audit.AuditEntry.verb).where(audit.AuditEntry.actor_id == person.id)).all()
    assert verbs[-1] == "person.exported"


def test_an_address_that_is_only_asked_for_gives_nothing_away(app: Flask) -> None:
    """A stranger names the address of somebody whose form waits for its confirmation."""
    form = submit(make_event(), email=EMAIL, name=NAME)
    stranger = make_person()
    own = account_of(stranger)
    assert own is not None
    services.request_email_change(own.id, email=EMAIL, locale="pl", ip="127.0.0.1")
    assert subject(stranger).addresses == {stranger.email}
    assert "registration.json" not in taken(subject(stranger))
    services.erase_person(stranger.id, by=stranger)
    db.session.rollback()
    assert db.session.get_one(Registration, form.id).email == EMAIL


def test_place_of_an_earlier_owner_of_the_address_is_hers(app: Flask) -> None:
    """Somebody took part with an address that belongs to somebody else by now: each has what is their own."""
    first = make_person("Dawna Właścicielka", EMAIL)
    registration = confirmed(make_event(), email=EMAIL, name=first.name)
    account = account_of(first)
    assert account is not None
    services.request_email_change(account.id, email="nowy@example.org", locale="pl", ip="127.0.0.1")
    change = db.session.scalar(sa.select(EmailChange.id))
    assert change is not None
    services.confirm_email_change(change)
    second = make_person("Nowa Właścicielka", EMAIL)
    assert "registration.json" not in taken(subject(second))
    services.erase_person(second.id, by=second)
    db.session.rollback()
    assert db.session.get_one(Registration, registration.id).status == "confirmed"
    assert [row["id"] for row in taken(subject(db.session.get_one(Person, first.id)))["registration.json"]] == [
        registration.id
    ]

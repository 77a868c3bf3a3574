"""Each code that people read is the same in the enum, in the CHECK of the database and in the vocabulary."""

import enum
import json
import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import codes
from portal.declaration import Coded, declared
from portal.ground.db import Model
from portal.ground.statements import table
from portal.news.models import Post
from portal.organisations.models import Organisation, OrganisationStatus
from tests.whole.test_start import command

# Columns with a list of codes that no page shows as words.
LIST = re.compile(r"(\w+) IN \([^()]*\)(?: OR .*)?")  # a column takes codes from a list; else what a state asks of it
UNREAD = {
    "mail_preference.how", "periodic_job.outcome",  # for those who run the portal
    "message_delivery.became",  # counted in sentences
    "question_condition.on_kind",  # some of the kinds of questions
    "organisation.country",  # regions say it
    "organisation_name.language",  # a language of the portal, or none
    "organisation_term.scheme",  # which list a term is from: the heading above it
    "organisation.contact_visibility",  # written by 0.1.0 alone
    "project_record_party.kind",  # three fields of a form, and three indicators
    "grant_programme.currency",  # a code of ISO 4217, written beside each amount
    "area.scheme",  # whose code it is: for those who import
    "confirmation_silence.step", "confirmation_request.step",  # half months: mails and pages say what they are
    "network_role.role", "portal_role.role",  # one role each, named in sentences
}  # fmt: skip


def test_enum_check_and_vocabulary_are_equal(app: Flask) -> None:
    assert codes.every_fault() == []


def test_every_column_with_a_list_of_codes_is_declared(app: Flask) -> None:
    listed = {
        f"{mapper.local_table.name}.{column[1]}"
        for mapper in Model.registry.mappers
        for constraint in mapper.local_table.constraints
        if isinstance(constraint, sa.CheckConstraint) and (column := LIST.fullmatch(str(constraint.sqltext)))
    }
    known = {f"{table(one.column.class_).name}.{one.column.key}" for feature in declared() for one in feature.codes}
    assert known | UNREAD == listed | known
    assert not known & UNREAD


class Grown(enum.StrEnum):
    DRAFT = "draft"
    PENDING = "pending"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    MERGED = "merged"
    OVERDUE = "overdue"


@pytest.mark.parametrize(
    ("coded", "expected"),
    [
        (
            Coded(Organisation.status, Grown, "org_status", frozenset({"dormant"})),
            [("overdue", f"Grown has it, {where} has not.") for where in ("the CHECK of the database", "the vocabulary")],
        ),
        (
            Coded(Organisation.status, OrganisationStatus, "org_status", frozenset()),
            [("dormant", "It is in the vocabulary, OrganisationStatus has it not.")],
        ),
        (
            Coded(Organisation.status, OrganisationStatus, "org_status", frozenset({"dormant", "draft"})),
            [("draft", "It is declared as not stored, and the enum has it.")],
        ),
        (
            Coded(Organisation.status, OrganisationStatus, "org_status", frozenset({"dormant", "over"})),
            [("over", "OrganisationStatus has it, the vocabulary has not.")],
        ),
        (
            Coded(Post.category, OrganisationStatus, "org_status", frozenset({"dormant"})),
            [(code, "OrganisationStatus has it, the CHECK of the database has not.") for code in sorted(OrganisationStatus)],
        ),
    ],
)  # fmt: skip
def test_a_code_that_one_of_them_lacks_is_named(
    app: Flask, monkeypatch: pytest.MonkeyPatch, coded: Coded, expected: list[tuple[str, str]]
) -> None:
    class Only:
        codes = (coded,)

    monkeypatch.setattr("portal.codes.declared", lambda: (Only,))
    assert [(fault.code, fault.says) for fault in codes.of_codes()] == expected


def test_the_command_ends_with_1_and_names_the_fault(tmp_path: Path) -> None:
    assert command(tmp_path, "db", "upgrade").returncode == 0
    done = command(tmp_path, "vocab", "check", "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, {"ok": True, "faults": []})
    other = command(tmp_path / "empty", "vocab", "check")
    assert other.returncode == 1

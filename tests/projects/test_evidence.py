"""The file of evidence of a record: for those who look after the project alone, and a correction like every other one."""

import io
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Person
from portal.face.media import File, storage
from portal.face.media.images import MAX_BYTES
from portal.ground.authz import PORTAL, NotAllowed
from portal.ground.db import db
from portal.ground.errors import Conflict, Refusal
from portal.impact import queries as impact
from portal.projects import queries, services
from portal.projects.models import Project, Record, RecordEvidence, RecordStatus
from portal.projects.services.evidence import NONE_THERE
from tests.factories.documents import PDF
from tests.factories.organisations import make_member
from tests.factories.people import make_administrator, make_person
from tests.factories.pictures import picture
from tests.factories.projects import fresh, make_project
from tests.factories.records import fresh_record, make_record
from tests.support.moments import at_once

OTHER = PDF.replace(b"0.3 rg", b"0.7 rg")


@pytest.fixture
def record(project: Project, adviser: Person) -> Record:
    return make_record(project, by=adviser, status="confirmed")


def give(record: Record, by: Any = PORTAL, file: bytes | None = PDF) -> None:
    services.give_evidence(record, by=by, file=file)


def held(record: Record) -> RecordEvidence:
    db.session.rollback()
    found = queries.evidence_of(record.id)
    assert found is not None
    return found


def counted(model: Any) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def page_of(record: Record) -> str:
    return f"/en/projects/{record.project.slug}/records/{record.id}"


def chosen(data: bytes = PDF, name: str = "Jan Kos.pdf") -> Any:
    return io.BytesIO(data), name


def test_file_is_kept_as_it_came_and_a_picture_is_made_anew(record: Record) -> None:
    give(record)
    evidence = held(record)
    assert evidence.file.mime == "application/pdf"
    assert storage.get(evidence.file.variants[0]["key"]) == PDF
    give(record, file=picture())
    evidence = held(record)
    assert evidence.file.mime == "image/webp" and storage.get(evidence.file.variants[0]["key"]) != picture()
    assert counted(File) == counted(RecordEvidence) == len(list(storage.stored_keys())) == 1


@pytest.mark.parametrize("act", ["give", "remove"])
def test_confirmed_record_waits_for_a_second_person_again_and_counts_after_that(
    project: Project, adviser: Person, organisation: Any, act: str
) -> None:
    second = make_member(organisation, "owner")
    made = make_record(project, by=second, status="delivered", minutes=240)
    if act == "remove":
        give(made, by=second)
    services.move_record(made, RecordStatus.CONFIRMED, by=adviser)
    assert impact.outcome_of(fresh(project)).counted == 1
    if act == "give":
        give(fresh_record(project, made), by=adviser)
    else:
        services.remove_evidence(fresh_record(project, made), by=adviser)
    now = fresh_record(project, made)
    assert (now.status, now.written_by, now.confirmed_by) == ("delivered", adviser.id, None)
    assert impact.outcome_of(fresh(project)).counted == 0
    with pytest.raises(NotAllowed):
        services.move_record(now, RecordStatus.CONFIRMED, by=adviser)
    services.move_record(now, RecordStatus.CONFIRMED, by=second)
    assert impact.outcome_of(fresh(project)).counted == 1


@pytest.mark.parametrize("status", ["planned", "delivered", "rejected"])
def test_record_that_does_not_count_is_where_its_day_says(project: Project, status: str) -> None:
    day = {"day": project.ends_on} if status == "planned" else {}
    made = make_record(project, status=status, **day)
    give(made)
    assert fresh_record(project, made).status == ("planned" if status == "planned" else "delivered")


def test_record_that_was_taken_away_takes_no_evidence_and_loses_what_it_has(project: Project) -> None:
    made = make_record(project, status="delivered")
    give(made)
    services.move_record(fresh_record(project, made), RecordStatus.CANCELLED, by=PORTAL)
    with pytest.raises(Refusal) as refused:
        give(fresh_record(project, made))
    assert "taken away" in str(refused.value.reason)
    services.remove_evidence(fresh_record(project, made), by=PORTAL)
    assert fresh_record(project, made).status == "cancelled"
    assert counted(RecordEvidence) == counted(File) == 0 and not list(storage.stored_keys())


@pytest.mark.parametrize("data", [None, b"", b"%PDF-1.7 half", b"<html>", PDF + b"x" * MAX_BYTES])
def test_what_is_no_file_of_evidence_is_refused_at_its_field_and_the_one_of_before_stays(
    record: Record, data: bytes | None
) -> None:
    give(record)
    services.move_record(fresh_record(record.project, record), RecordStatus.CONFIRMED, by=PORTAL)
    with pytest.raises(Refusal) as refused:
        give(record, file=data)
    assert [part.field for part in refused.value.parts] == ["file"]
    assert storage.get(held(record).file.variants[0]["key"]) == PDF
    assert len(list(storage.stored_keys())) == 1
    assert fresh_record(record.project, record).status == "confirmed"


@pytest.mark.parametrize("role", ["author", "translator", "representative", "stranger"])
def test_nobody_else_gives_or_removes_evidence(record: Record, organisation: Any, role: str) -> None:
    give(record)
    somebody = make_person() if role == "stranger" else make_member(organisation, role)
    with pytest.raises(NotAllowed):
        give(record, by=somebody)
    with pytest.raises(NotAllowed):
        services.remove_evidence(record, by=somebody)
    assert counted(RecordEvidence) == 1


def test_file_that_somebody_has_removed_meanwhile_is_not_there_any_more(app: Flask, record: Record) -> None:
    give(record)
    slug, number = record.project.slug, record.id

    def remove() -> None:
        found = queries.record_at(slug, number)
        assert found is not None
        services.remove_evidence(found, by=PORTAL)

    db.session.rollback()
    assert at_once(app, [remove]) == ["done"]
    with pytest.raises(Conflict) as gone:
        services.remove_evidence(fresh_record(fresh_project(slug), record), by=PORTAL)
    assert gone.value.reason == NONE_THERE


def fresh_project(slug: str) -> Project:
    db.session.rollback()
    found = queries.by_slug(slug)
    assert found is not None
    return found


def test_deleted_draft_takes_its_evidence_along(organisation: Any, record: Record) -> None:
    give(record)
    draft = make_project(organisation, state="draft")
    give(make_record(draft, status="delivered"), file=OTHER)
    services.delete_project(fresh(draft), by=PORTAL)
    assert counted(RecordEvidence) == counted(File) == 1
    assert list(storage.stored_keys()) == [held(record).file.variants[0]["key"]]


# Pages


def test_file_is_for_those_who_look_after_the_project_and_is_kept_by_nobody(
    record: Record, adviser: Person, organisation: Any, client: Any, as_person: Any
) -> None:
    give(record)
    address = f"{page_of(record)}/evidence/file"
    answer = as_person(adviser).get(address)
    assert answer.data == PDF and answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Content-Disposition"].endswith("Statut%20bez%20b%C5%82%C4%99d%C3%B3w%202026-03-09.pdf")
    for other in (make_person(), make_administrator(), make_member(organisation, "author")):
        assert as_person(other).get(address).status_code == 404
    assert client.get(address).status_code != 200
    card = f"/en/projects/{record.project.slug}"
    for public in (card, f"{card}.json"):
        assert "evidence" not in client.get(public).text


def test_editor_adds_replaces_and_deletes_the_file(record: Record, adviser: Person, as_person: Any) -> None:
    editor, page = as_person(adviser), page_of(record)
    assert "There is none yet." in editor.get(page).text
    form = editor.get(f"{page}/evidence")
    assert "counts again after a second person has confirmed it" in form.text
    answer = editor.follow(editor.submit(form, {"file": chosen()}))
    assert "The file is kept with the record." in answer.text and "Look at the evidence (PDF" in answer.text.replace(
        "\xa0", " "
    )
    assert "Replace the file" in answer.text and f'href="{page}/evidence/file"' in answer.text
    form = editor.get(f"{page}/evidence")
    assert "A new file takes its place" in form.text and "counts again" not in form.text
    editor.submit(form, {"file": chosen(OTHER)})
    assert editor.get(f"{page}/evidence/file").data == OTHER
    question = editor.get(f"{page}/evidence/remove")
    assert "The file is deleted for good." in question.text
    answer = editor.follow(editor.submit(question))
    assert "The file was deleted." in answer.text and "There is none yet." in answer.text
    for gone in ("file", "remove"):
        assert editor.get(f"{page}/evidence/{gone}").status_code == 404


def test_refused_file_says_why_at_its_field(record: Record, adviser: Person, as_person: Any) -> None:
    editor, address = as_person(adviser), f"{page_of(record)}/evidence"
    for file, words in ((None, "Choose a file."), (chosen(b"<html>", "a.pdf"), "cannot read this file")):
        answer = editor.submit(address, {} if file is None else {"file": file})
        assert answer.status_code == 422 and words in answer.text
    answer = editor.submit(address, {"file": chosen(PDF + b"x" * MAX_BYTES)})
    assert answer.status_code == 422 and "the limit is 5 MB" in answer.text.replace("\xa0", " ")
    assert not list(storage.stored_keys())


def test_record_that_was_taken_away_offers_no_new_file(project: Project, adviser: Person, as_person: Any) -> None:
    made = make_record(project, status="delivered")
    give(made)
    services.move_record(fresh_record(project, made), RecordStatus.CANCELLED, by=PORTAL)
    editor, page = as_person(adviser), page_of(fresh_record(project, made))
    text = editor.get(page).text
    assert "Delete the file" in text and "Replace the file" not in text
    assert editor.get(f"{page}/evidence").status_code == 404

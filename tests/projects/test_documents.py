"""Documents of projects: added, described, replaced, removed under the lock of the project; each with its file."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Person
from portal.documents.models import Document
from portal.documents.services import remove_unused
from portal.face.media import File, storage
from portal.ground import audit
from portal.ground.authz import PORTAL, NotAllowed
from portal.ground.db import db
from portal.ground.errors import Conflict, Refusal, Refusals, Stale
from portal.projects import queries, services
from portal.projects.models import Project, ProjectDocument
from portal.projects.services.documents import ENOUGH, GONE, MOST_DOCUMENTS
from tests.factories.documents import PDF, described
from tests.factories.organisations import make_member
from tests.factories.people import make_person
from tests.factories.projects import fresh, fresh_document, make_project, make_project_document, plant_documents
from tests.support.moments import at_once

OTHER = PDF.replace(b"0.3 rg", b"0.7 rg")


def count(model: Any) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_document_is_added_with_its_file_and_stands_in_the_log(project: Project, adviser: Person) -> None:
    held = make_project_document(project, adviser, year=2022, title_bg="Становище", visibility="private")
    document = held.document
    assert (document.kind, document.language, document.year) == ("expert-opinion", "pl", 2022)
    assert document.title.get("bg") == "Становище" and held.project_id == project.id
    assert storage.get(document.file.variants[0]["key"]) == PDF
    assert audit.verify().broken_at is None


def test_document_is_described_anew_and_gets_another_file_in_place_of_the_one_of_before(
    project: Project, adviser: Person
) -> None:
    held = make_project_document(project, adviser)
    key, version = held.document.file.variants[0]["key"], held.document.row_version
    services.change_document(
        held, by=adviser, version=version, file=OTHER, **described(kind="report", title_pl="Końcowe")
    )
    now = fresh_document(project, held.document_id).document
    assert (now.kind, now.title.source) == ("report", "Końcowe")
    assert storage.get(now.file.variants[0]["key"]) == OTHER and storage.get(key) is None and count(File) == 1
    held = fresh_document(project, held.document_id)
    services.change_document(held, by=adviser, version=now.row_version, **described(kind="report", year=2024))
    assert storage.get(fresh_document(project, now.id).document.file.variants[0]["key"]) == OTHER


def test_stale_description_says_what_is_stored_and_changes_nothing(project: Project, adviser: Person) -> None:
    held = make_project_document(project, adviser)
    version = held.document.row_version
    services.change_document(held, by=adviser, version=version, **described(kind="report", title_pl="Pierwsza"))
    with pytest.raises(Stale) as stale:
        services.change_document(
            held, by=adviser, version=version, file=OTHER, **described(kind="other", title_pl="Druga")
        )
    assert stale.value.theirs["title_pl"] == "Pierwsza" and stale.value.theirs["kind"] == "report"
    now = fresh_document(project, held.document_id).document
    assert (now.title.source, storage.get(now.file.variants[0]["key"]), count(File)) == ("Pierwsza", PDF, 1)


def test_removed_document_leaves_nothing_but_the_act(project: Project, adviser: Person) -> None:
    services.remove_document(make_project_document(project, adviser), by=adviser)
    assert (count(Document), count(ProjectDocument), count(File)) == (0, 0, 0)
    assert not list(storage.stored_keys())


@pytest.mark.parametrize("act", ["change", "remove"])
def test_document_that_somebody_has_removed_meanwhile_is_not_there_any_more(
    app: Flask, project: Project, adviser: Person, act: str
) -> None:
    make_project_document(project, adviser)
    seen = make_project_document(project, adviser)
    number, person, version = seen.document_id, adviser.id, seen.document.row_version

    def remove() -> None:
        found = db.session.get_one(ProjectDocument, number)
        services.remove_document(found, by=db.session.get_one(Person, person))

    assert at_once(app, [remove]) == ["done"]
    with pytest.raises(Conflict) as gone:
        if act == "change":
            services.change_document(seen, by=adviser, version=version, file=OTHER, **described(kind="other"))
        else:
            services.remove_document(seen, by=adviser)
    assert gone.value.reason == GONE
    assert (count(Document), count(File)) == (1, 1)


@pytest.mark.parametrize("role", ["author", "translator", "representative", "stranger"])
def test_whoever_does_not_look_after_the_project_writes_no_documents(
    project: Project, organisation: Any, adviser: Person, role: str
) -> None:
    held = make_project_document(project, adviser)
    somebody = make_person() if role == "stranger" else make_member(organisation, role)
    with pytest.raises(NotAllowed):
        services.add_document(project, by=somebody, file=PDF, **described(kind="other"))
    with pytest.raises(NotAllowed):
        services.change_document(held, by=somebody, version=1, **described(kind="other"))
    with pytest.raises(NotAllowed):
        services.remove_document(held, by=somebody)
    assert count(Document) == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "statute"}, "kind"), ({"kind": ""}, "kind"), ({"visibility": "network"}, "visibility"),
        ({"visibility": "registered"}, "visibility"), ({"year": 25}, "year"), ({"title_pl": "a" * 121}, "title_pl"),
    ],
)  # fmt: skip
def test_what_does_not_fit_a_project_is_refused_with_the_file_and_nothing_is_kept(
    project: Project, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusals) as refused:
        services.add_document(project, by=PORTAL, file=b"%PDF-1.7 half", **described(**{"kind": "other", **said}))
    assert [part.field for part in refused.value.parts] == ["file", field]
    assert count(Document) == 0 and not list(storage.stored_keys())


@pytest.mark.parametrize("kind", ["expert-opinion", "publication", "report"])
def test_organisation_has_no_documents_of_the_kinds_of_projects(organisation: Any, kind: str) -> None:
    from portal.documents import services as documents

    owner = make_member(organisation, "owner")
    with pytest.raises(Refusals) as refused:
        documents.add(organisation, by=owner, file=PDF, **described(kind=kind))
    assert [part.field for part in refused.value.parts] == ["kind"]


def test_several_who_add_the_last_one_at_the_same_moment_do_not_pass_the_limit(
    app: Flask, project: Project, adviser: Person
) -> None:
    plant_documents(project, MOST_DOCUMENTS - 1)
    number, person = project.id, adviser.id
    db.session.rollback()

    def add() -> None:
        there, by = queries.find(number), db.session.get_one(Person, person)
        assert there is not None
        services.add_document(there, by=by, file=PDF, **described(kind="report"))

    told = at_once(app, [add] * 3)
    assert told.count("done") == 1, told
    assert count(ProjectDocument) == MOST_DOCUMENTS
    with pytest.raises(Refusal) as refused:
        services.add_document(fresh(project), by=PORTAL, file=PDF, **described(kind="report"))
    assert refused.value.reason == ENOUGH


def test_deleted_draft_takes_its_documents_and_their_files_along(app: Flask, organisation: Any) -> None:
    draft, other = make_project(organisation, state="draft"), make_project(organisation)
    make_project_document(draft)
    kept = make_project_document(other)
    services.delete_project(fresh(draft), by=PORTAL)
    assert (count(Document), count(ProjectDocument), count(File)) == (1, 1, 1)
    key = fresh_document(other, kept.document_id).document.file.variants[0]["key"]
    assert list(storage.stored_keys()) == [key]


def test_document_of_a_project_is_not_taken_for_one_without_an_owner(
    project: Project, frozen_clock: Any
) -> None:  # fmt: skip
    make_project_document(project)
    frozen_clock.shift(days=3)
    assert remove_unused() == 0 and count(Document) == 1

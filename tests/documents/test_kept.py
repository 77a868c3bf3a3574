"""Documents in a backup, and among the data of whoever put them there."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.accounts.queries import subject
from portal.documents import queries
from portal.face.media import storage
from portal.ground import audit, backup
from portal.ground.config import CONFIG
from portal.ground.db import db
from tests.factories.documents import PDF, make_document
from tests.factories.organisations import fresh, make_member, make_organisation
from tests.factories.people import make_person
from tests.privacy.test_handing_out import taken


@pytest.mark.parametrize("other", ["sqlite", "postgresql"])
def test_backup_brings_documents_and_their_files_to_either_engine(
    app: Flask, tmp_path: Path, databases: Any, other: str
) -> None:
    organisation = make_organisation(name="Lipa")
    made = [
        make_document(organisation, title_bg="Устав", visibility=seen).document_id for seen in ("public", "private")
    ]
    target = tmp_path / "backup.tar"
    db.session.rollback()
    backup.backup(target, storage)
    empty = databases.application(other)
    with empty.app_context():
        backup.restore(CONFIG.get(), target, storage)
        documents = queries.documents_of(fresh(organisation))
        assert {one.id for one in documents} == set(made)
        assert [one.title.get("bg") for one in documents] == ["Устав", "Устав"]
        assert [storage.get(one.file.variants[0]["key"]) for one in documents] == [PDF, PDF]
        assert audit.verify().broken_at is None
        db.session.rollback()
        answers = [empty.test_client().get(f"/pl/organisations/lipa/documents/{one}.pdf") for one in made]
        assert [answer.status_code for answer in answers] == [200, 404] and answers[0].data == PDF


def test_whoever_uploaded_a_file_finds_it_among_their_data(app: Flask) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    make_document(organisation, make_member(organisation, "editor"))
    made = make_document(organisation, owner)
    rows = taken(subject(owner))["file.json"]
    assert [row["id"] for row in rows] == [made.document.file_id]

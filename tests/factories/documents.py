"""Documents for tests, made through the services."""

from collections.abc import Callable
from typing import Any

from portal.accounts.models import Person
from portal.documents import queries, services
from portal.documents.demo import paper
from portal.documents.models import Document, OrganisationDocument
from portal.face import media
from portal.face.media import File, StoredVariant, storage
from portal.ground.db import Model, db, transaction
from portal.organisations import queries as organisations
from portal.organisations.models import Organisation
from portal.words.i18n import Localized
from tests.factories.organisations import fresh, make_member

PDF = paper(3)


def described(**said: Any) -> dict[str, Any]:
    """Everything that the form of a document asks for."""
    return {
        "kind": "statute", "language": "pl", "year": None, "visibility": "public", "title_pl": "", "title_bg": "",
        "title_en": "", **said,
    }  # fmt: skip


def make_document(
    organisation: Organisation, by: Person | None = None, *, file: bytes = PDF, **said: Any
) -> OrganisationDocument:
    """A document on a profile, added by one of its people."""
    person = by or make_member(organisation, "owner")
    made = services.add(organisation, by=person, file=file, **described(**said))
    return current(organisation, made.id)


def current(organisation: Organisation, number: int) -> OrganisationDocument:
    """The document as it is stored now."""
    found = queries.document_at(fresh(organisation).slug, number)
    assert found is not None
    return found


def again(held: OrganisationDocument) -> OrganisationDocument:
    """The same document, read anew."""
    db.session.rollback()
    organisation = organisations.by_number(held.organisation_id)
    assert organisation is not None
    return current(organisation, held.document_id)


def plant(number: int, joined: Callable[[int], Model]) -> None:
    """So many documents without the work of making them, each with the row by which an owner has it."""
    with transaction() as session:
        for place in range(number):
            key = f"private-{place}.pdf"
            storage.put(key, b"%PDF")
            variants: list[StoredVariant] = [{"key": key, "width": 0, "height": 0}]
            file = File(sha256=f"{place:064}", mime=media.PDF, size=9, width=0, height=0, variants=variants)
            session.add(file)
            session.flush()
            document = Document(
                file_id=file.id, kind="other", title=Localized("pl"), language="pl", visibility="public"
            )
            session.add(document)
            session.flush()
            session.add(joined(document.id))

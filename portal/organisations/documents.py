"""What search and sitemap get from organisations: published profiles only."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from portal.ground.db import db
from portal.organisations.models import Identifier, Organisation, OrganisationStatus
from portal.words.richtext import plain
from portal.words.search import Document
from portal.words.vocabularies import term


@dataclass(frozen=True, slots=True)
class Address:
    """A public page: its path without the language, the languages that it exists in, when it last changed."""

    path: str
    languages: tuple[str, ...]
    changed_at: dt.datetime


def document_of(organisation: Organisation) -> Document:
    """What a published organisation can be found by: its words, place, themes, legal form and numbers."""
    numbers = db.session.scalars(sa.select(Identifier.value).where(Identifier.organisation_id == organisation.id)).all()
    return make_document(organisation, tuple(numbers))


def make_document(organisation: Organisation, numbers: tuple[str, ...] = ()) -> Document:
    codes = [("icnpo", theme) for theme in organisation.themes] + [("legal_forms", organisation.legal_form)]
    labels = [words for name, code in codes for words in term(name, code).labels.values()]
    return Document(
        kind="organisation",
        object_id=organisation.id,
        url=f"organisations/{organisation.slug}",
        title=organisation.name,
        summary=organisation.summary,
        places=(organisation.town, *term("regions", organisation.region).labels.values()),
        text=(*labels, *(plain(html) for html in organisation.description.texts.values()), *numbers),
    )


def documents() -> Iterator[Document]:
    """All that search should know; to build its index anew."""
    for organisation in _published():
        yield document_of(organisation)


def addresses() -> Iterator[Address]:
    """The public pages, for the sitemap."""
    for organisation in _published():
        yield Address(f"organisations/{organisation.slug}", organisation.languages, organisation.updated_at)


def _published() -> Iterator[Organisation]:
    query = sa.select(Organisation).where(Organisation.status == OrganisationStatus.PUBLISHED).order_by(Organisation.id)
    yield from db.session.scalars(query.execution_options(yield_per=500))

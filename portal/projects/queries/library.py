"""The library: documents on public cards, narrowed to a topic, a kind and a language."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from portal.documents.models import Document
from portal.ground.db import db
from portal.organisations.models import Organisation, Visibility
from portal.projects.models import Project, ProjectDocument
from portal.projects.queries.shown import is_shown

_NAMED = (Organisation.name, Organisation.town, Organisation.region, Organisation.country)


class Shelf(NamedTuple):
    """What documents are looked for by: an area of support, a kind of document, a language. Empty: each of them."""

    area: str = ""
    kind: str = ""
    language: str = ""

    @property
    def said(self) -> dict[str, str]:
        """What is chosen, as it stands in an address."""
        return {name: code for name, code in self._asdict().items() if code}


@dataclass(frozen=True, slots=True)
class OnShelves:
    """How many documents there are: on this shelf, on each with another code instead of what is chosen, and on each
    `without` what is chosen."""

    total: int
    codes: Mapping[str, Mapping[str, int]]
    without: Mapping[str, int]


def on_shelves(shelf: Shelf) -> OnShelves:
    """One statement counts what has the same topics, kind and language; the rest is added up from that."""
    what = (Project.areas, Document.kind, Document.language)
    query = sa.select(*what, sa.func.count()).select_from(ProjectDocument).join(ProjectDocument.document)
    query = query.join(ProjectDocument.project).join(Project.organisation).where(*_public()).group_by(*what)
    codes: dict[str, Counter[str]] = {name: Counter() for name in Shelf._fields}
    without: Counter[str] = Counter()
    total = 0
    for areas, kind, language, number in db.session.execute(query):
        has = {"area": set(areas.split(",")) - {""}, "kind": {kind}, "language": {language}}
        missed = [name for name, code in shelf.said.items() if code not in has[name]]
        total += 0 if missed else number
        for name, values in has.items():
            if not {*missed} - {name}:
                without[name] += number
                codes[name].update(dict.fromkeys(values, number))
    return OnShelves(total, codes, without)


def library(shelf: Shelf, *, offset: int = 0, limit: int = 50) -> Sequence[ProjectDocument]:
    """Documents with their files and the projects on whose cards they stand: those of the latest year first."""
    query = sa.select(ProjectDocument).join(ProjectDocument.document).join(Document.file)
    query = query.join(ProjectDocument.project).join(Project.organisation).where(*_public())
    if shelf.area:
        query = query.where(("," + Project.areas + ",").contains(f",{shelf.area},", autoescape=True))
    if shelf.kind:
        query = query.where(Document.kind == shelf.kind)
    if shelf.language:
        query = query.where(Document.language == shelf.language)
    project = contains_eager(ProjectDocument.project)
    query = query.options(
        contains_eager(ProjectDocument.document).contains_eager(Document.file),
        project.load_only(Project.slug, Project.title, Project.organisation_id, raiseload=True),
        project.contains_eager(Project.organisation).load_only(*_NAMED, raiseload=True),
    )
    latest = (sa.func.coalesce(Document.year, 0).desc(), Document.id.desc())
    return db.session.scalars(query.order_by(*latest).offset(offset).limit(limit)).all()


def _public() -> Sequence[sa.ColumnElement[bool]]:
    """Everybody sees it; of a document that is joined with its project and the organisation."""
    return [Document.visibility == Visibility.PUBLIC, is_shown()]

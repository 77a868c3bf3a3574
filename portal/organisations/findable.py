"""What search and sitemap get of organisations: published profiles only."""

from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa

from portal.ground.db import db
from portal.ground.statements import streamed, table
from portal.organisations.models import KIND, Identifier, Organisation, OrganisationStatus
from portal.organisations.places import place_shown
from portal.organisations.words import languages_written
from portal.words.richtext import plain
from portal.words.search import Document, Findable, PublicPage
from portal.words.vocabularies import term

_organisation = table(Organisation).c
_PLACES = sa.select(_organisation.id, _organisation.town, _organisation.region).where(
    _organisation.id.in_(sa.bindparam("ids", expanding=True))
)


def document(organisation: Organisation) -> Document:
    """What a published organisation can be found by: its words, place, themes, legal form and numbers."""
    numbers = db.session.scalars(sa.select(Identifier.value).where(Identifier.organisation_id == organisation.id)).all()
    return make_document(organisation, tuple(numbers))


def make_document(organisation: Organisation, numbers: tuple[str, ...] = ()) -> Document:
    codes = [("icnpo", theme) for theme in organisation.themes] + [("legal_forms", organisation.legal_form)]
    labels = [words for name, code in codes for words in term(name, code).labels.values()]
    return Document(
        kind=KIND,
        object_id=organisation.id,
        url=f"organisations/{organisation.slug}",
        title=organisation.name,
        summary=organisation.summary,
        places=(organisation.town, *term("regions", organisation.region).labels.values()),
        text=(*labels, *(plain(html) for html in organisation.description.texts.values()), *numbers),
    )


def public() -> sa.Select[int]:
    return sa.select(_organisation.id).where(_organisation.status == OrganisationStatus.PUBLISHED)


def pages(numbers: range) -> Iterator[PublicPage]:
    """Read a few at a time: only which languages a description has is needed, and it may be long."""
    texts = (_organisation.name, _organisation.summary, _organisation.description)
    found = public().with_only_columns(_organisation.slug, *texts).order_by(_organisation.id)
    found = found.where(_organisation.id >= numbers.start, _organisation.id < numbers.stop)
    for slug, *written in streamed(found, 200):
        yield PublicPage(f"organisations/{slug}", languages_written(*written))


def places(ids: Sequence[int]) -> Mapping[int, str]:
    return {number: place_shown(town, region) for number, town, region in db.session.execute(_PLACES, {"ids": ids})}


FINDABLE = Findable(KIND, "organisations", public, pages, places)

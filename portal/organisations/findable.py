"""What search and sitemap get of organisations: published profiles only."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa
from markupsafe import Markup

from portal.areas.queries import names_of
from portal.ground.db import db
from portal.ground.statements import streamed, table
from portal.organisations.models import KIND, PUBLIC, Identifier, Organisation, OrganisationArea, OtherName
from portal.organisations.places import place_shown
from portal.organisations.words import languages_written
from portal.words.i18n import Localized, _
from portal.words.richtext import plain
from portal.words.search import Document, Findable, PublicPage
from portal.words.vocabularies import term

_organisation = table(Organisation).c
_PLACES = sa.select(
    _organisation.id, _organisation.town, _organisation.region, _organisation.dormant_since, _organisation.closed_on
).where(_organisation.id.in_(sa.bindparam("ids", expanding=True)))

_NUMBERS = sa.select(Identifier.value).where(
    Identifier.organisation_id == sa.bindparam("number"), sa.not_(Identifier.retired)
)


def document(organisation: Organisation) -> Document:
    """What a published organisation can be found by: its words, places, themes, legal form, numbers and other names."""
    names = sa.select(OtherName.text).where(OtherName.organisation_id == organisation.id).order_by(OtherName.id)
    held = sa.select(OrganisationArea.area_id).where(OrganisationArea.organisation_id == organisation.id).distinct()
    called = (*db.session.scalars(names), *db.session.scalars(_NUMBERS, {"number": organisation.id}))
    return make_document(organisation, called, names_of(db.session.scalars(held).all()))


def make_document(
    organisation: Organisation, called: tuple[str, ...] = (), areas: Sequence[tuple[Localized, tuple[str, ...]]] = ()
) -> Document:
    """The same with numbers and other names at hand: what else it is `called`.

    `areas` are the names and other names of its areas; the villages of a municipality are other names of it.
    """
    named = [name for words, _others in areas for name in words.texts.values()]
    villages = [name for _words, others in areas for name in others]
    codes = [("icnpo", theme) for theme in organisation.themes] + [("legal_forms", organisation.legal_form)]
    labels = [words for name, code in codes for words in term(name, code).labels.values()]
    return Document(
        kind=KIND,
        object_id=organisation.id,
        url=f"organisations/{organisation.slug}",
        title=organisation.name,
        summary=organisation.summary,
        places=(organisation.town, *term("regions", organisation.region).labels.values(), *named),
        text=(*labels, *villages, *(plain(html) for html in organisation.description.texts.values()), *called),
    )


def public() -> sa.Select[int]:
    return sa.select(_organisation.id).where(_organisation.status.in_(PUBLIC))


def pages(numbers: range) -> Iterator[PublicPage]:
    """Read a few at a time: only which languages a description has is needed, and it may be long."""
    texts = (_organisation.name, _organisation.summary, _organisation.description)
    found = public().with_only_columns(_organisation.slug, *texts).order_by(_organisation.id)
    found = found.where(_organisation.id >= numbers.start, _organisation.id < numbers.stop)
    for slug, *written in streamed(found, 200):
        yield PublicPage(f"organisations/{slug}", languages_written(*written))


def places(ids: Sequence[int]) -> Mapping[int, str]:
    rows = db.session.execute(_PLACES, {"ids": ids})
    return {
        number: _marked(place_shown(town, region), dormant, closed) for number, town, region, dormant, closed in rows
    }


def _marked(place: Markup, dormant_since: dt.datetime | None, closed_on: dt.date | None) -> Markup:
    """The place, and why somebody would not find it in the list."""
    if closed_on is not None:
        return Markup("{} · {}").format(place, _("This organisation has ended"))
    if dormant_since is not None:
        return Markup("{} · {}").format(place, _("No longer in the list"))
    return place


FINDABLE = Findable(KIND, "organisations", public, pages, places)

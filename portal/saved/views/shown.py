"""A saved search as its pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from flask import url_for
from markupsafe import Markup, escape

from portal.face.look import lang_of, spoken
from portal.saved.models import SavedSearch
from portal.saved.searches import Search
from portal.saved.words import KnownCodes, parts_of
from portal.words.facets import Words
from portal.words.i18n import _


@dataclass(frozen=True, slots=True)
class Shown:
    """A search with its name and the address of what it finds; `is_usable` when all of its filters exist."""

    saved: SavedSearch
    name: Markup
    url: str
    is_usable: bool


def shown(rows: Iterable[SavedSearch]) -> list[Shown]:
    known, found = KnownCodes(), []
    for saved in rows:
        search = Search.read(saved.filters)
        found.append(Shown(saved, name_of(search), directory_of(search), known.has_all(search)))
    return found


def name_of(search: Search) -> Markup:
    """What it is called: its words and filters, each name marked with its language where that is not the page's."""
    parts = [
        Markup(_("%(facet)s: %(name)s", facet=escape(str(part.heading)), name=_listed(part.names.values())))  # noqa: S704
        for part in parts_of(search)
    ]
    return Markup("; ").join(parts) if parts else escape(_("A search whose filters do not exist any more"))


def directory_of(search: Search) -> str:
    """The address of the directory with this search."""
    return url_for("organisations.index", **cast(dict[str, Any], search.values))


def _listed(names: Iterable[Words]) -> Markup:
    said = [spoken(name) for name in names]
    return Markup(", ").join(
        Markup("<span{}>{}</span>").format(lang_of(one), one.text) if one.is_fallback else escape(one.text)
        for one in said
    )

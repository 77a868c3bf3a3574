"""The library: expert opinions, reports and publications from the cards of projects, by topic."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Response, request, url_for

from portal.documents.models import DocumentKind
from portal.face.web import Option, Pagination, page
from portal.ground.authz import public
from portal.projects import queries
from portal.projects.queries import OnShelves, Shelf
from portal.projects.views.blueprint import bp
from portal.words.i18n import LazyString, _l
from portal.words.text import capital
from portal.words.vocabularies import label, language_name, pairs, vocabulary

PAGE = 20
HEADINGS: Mapping[str, LazyString] = {
    "area": _l("Topic"),
    "kind": _l("Kind of document"),
    "language": _l("Language of the document"),
}


@bp.get("/library")
@public
def library() -> Response:
    """The documents that stand on public cards, narrowed to what the address says."""
    shelf = Shelf(**{name: code for name in HEADINGS if (code := request.args.get(name, "")) in _known(name)})
    found = queries.on_shelves(shelf)
    pages = Pagination.of_request(found.total, PAGE)
    return page(
        "projects/library.html", pages=pages, query=shelf.said, headings=HEADINGS, facets=_facets(shelf, found),
        documents=queries.library(shelf, offset=pages.offset, limit=pages.size) if found.total else [],
        chosen=[(_known(name)[code], _url(shelf, **{name: ""})) for name, code in shelf.said.items()],
    )  # fmt: skip


def _known(name: str) -> Mapping[str, str]:
    """The words of all that can be chosen, by their codes."""
    match name:
        case "area":
            return dict(pairs(vocabulary("area_of_support")))
        case "kind":
            return {one.value: capital(label("document_type", one.value)) for one in DocumentKind}
        case _:
            return {one.code: language_name(one.code) for one in vocabulary("languages")}


def _facets(shelf: Shelf, found: OnShelves) -> Mapping[str, Sequence[Option]]:
    """What some document has that is left; the chosen one always."""
    return {name: [*_options(shelf, found, name)] for name in HEADINGS}


def _options(shelf: Shelf, found: OnShelves, name: str) -> Iterable[Option]:
    chosen, numbers = shelf.said.get(name), found.codes[name]
    for code, words in _known(name).items():
        if code == chosen:
            yield Option(words, found.without[name], _url(shelf, **{name: ""}), True)
        elif code in numbers:
            yield Option(words, numbers[code], _url(shelf, **{name: code}), False)


def _url(shelf: Shelf, **instead: str) -> str:
    values: dict[str, Any] = shelf._replace(**instead).said
    return url_for("projects.library", **values)

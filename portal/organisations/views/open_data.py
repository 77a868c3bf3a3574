"""The directory as files, with the filters of the address: the same organisations as the page lists, all of them."""

from collections.abc import Callable, Iterable, Iterator

from flask import Response

from portal.face.web import absolute_url, table_file
from portal.face.web.downloads import known, sent, slot, text_file
from portal.ground.authz import public
from portal.organisations import queries
from portal.organisations.exports import Address, directory_graph, directory_json, directory_table
from portal.organisations.views.blueprint import files
from portal.organisations.views.facets import Choice
from portal.words.i18n import _
from portal.words.tables import file_name

Made = Callable[[Iterable[queries.Opened], Address, str], Iterator[bytes]]


@files.get("/organisations.csv")
@public
def table() -> Response:
    return _table("csv")


@files.get("/organisations.xlsx")
@public
def workbook() -> Response:
    return _table("xlsx")


@files.get("/organisations.json")
@public
def objects() -> Response:
    return _text("json", "application/json", directory_json)


@files.get("/organisations.jsonld")
@public
def graph() -> Response:
    return _text("jsonld", "application/ld+json", directory_graph)


def _table(ending: str) -> Response:
    answer = known()
    if answer is not None:
        return answer
    with slot() as held:
        sheet = directory_table(_found(), _address())
        return sent(table_file(sheet, ending, _("Organisations")), held)


def _text(ending: str, kind: str, made: Made) -> Response:
    answer = known()
    if answer is not None:
        return answer
    with slot() as held:
        pieces = made(_found(), _address(), absolute_url("organisations.index"))
        return sent(text_file(pieces, kind, file_name(_("Organisations"), ending=ending)), held)


def _found() -> Iterator[queries.Opened]:
    return queries.opened(Choice.of_request().filters)


def _address() -> Address:
    """Addresses of profiles: by one base, because asking for each costs more than the rest of its row."""
    base = absolute_url("organisations.index")
    return lambda slug: f"{base}/{slug}"

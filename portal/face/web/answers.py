"""How a view answers: a page, or a redirect after something was done."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from flask import Response, g, get_flashed_messages, make_response, redirect, render_template, request
from flask import flash as _flash

from portal.face.forms import Form
from portal.face.web.addresses import absolute_url, path_to
from portal.ground.authz import has_session
from portal.words.i18n import LANGUAGES

Row = TypeVar("Row")


def page(
    template: str,
    *,
    form: Form | None = None,
    status: int = 200,
    languages: Sequence[str] | None = None,
    said: Mapping[str, str] | None = None,
    **context: object,
) -> Response:
    """Render a page. A form with errors decides the status (422, or that of its refusal: 409, 413, 429, 503).

    `languages` are those that the content of a public page exists in: only they are offered to search engines, and a
    page in another one names the original as its canonical. None means all. `said` is what the query of the address must
    say for this page to be itself (`when=past`); what else it says only filters. `pages` is the Pagination of a list, whose
    later parts are pages of their own.
    """
    if form is not None:
        context["form"] = form
        if form.errors:
            status = form.status
    context["alternates"], context["canonical"] = _alternates(languages, said or {}, context.get("pages"))
    response = make_response(render_template(template, **context), status)
    if form is not None and form.retry_after:
        response.headers["Retry-After"] = str(form.retry_after)
    return response


def _alternates(
    languages: Sequence[str] | None, said: Mapping[str, str], pages: object
) -> tuple[list[tuple[str, str]], str | None]:
    """The addresses of the page in its languages, and the one that search engines keep: none for later parts of what was
    filtered, for no address without the filter lists the same."""
    endpoint, values = request.endpoint, {**(request.view_args or {}), **said}
    if isinstance(pages, Pagination) and pages.page > 1:
        if request.args.keys() - said.keys() - {pages.name}:
            return [], None
        values[pages.name] = pages.page
    if (
        endpoint is None
        or g.get("private_page")
        or request.method not in ("GET", "HEAD")
        or "lang" not in str(request.url_rule)
    ):
        return [], None
    known = [code for code in LANGUAGES if languages is None or code in languages]
    urls = {code: absolute_url(endpoint, **{**values, "lang": code}) for code in known}
    own = urls.get(g.lang)
    if own is None:
        return [], next(iter(urls.values()), None)
    return list(urls.items()), own


def redirect_to(endpoint: str, *, _anchor: str | None = None, **values: object) -> Response:
    """303 to a page of the portal: the answer to every POST that did something."""
    return make_response(redirect(path_to(endpoint, _anchor=_anchor, **values), 303))


def flash(message: str, kind: str = "ok") -> None:
    """Say what happened on the next page. `kind` is ok, note, warn or error."""
    g.session_begun = True  # the message lives in the session
    _flash(message, kind)


def flashes() -> list[tuple[str, str]]:
    """(kind, message) that wait to be shown; asks the session only if the request has one."""
    waiting: list[tuple[str, str]] = get_flashed_messages(with_categories=True) if has_session() else []  # type: ignore[assignment]
    return waiting


def private() -> None:
    """This page is for one person: not indexed, not cached, its address not passed on."""
    g.private_page = True


@dataclass(frozen=True, slots=True)
class Pagination:
    """Which part of a long list is shown. `page` counts from 1; `name` tells lists of one page apart in its address."""

    page: int
    size: int
    total: int
    name: str = "page"

    @property
    def pages(self) -> int:
        return max(1, math.ceil(self.total / self.size))

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size

    @classmethod
    def of_request(cls, total: int, size: int = 20, name: str = "page") -> "Pagination":
        """The page that the address asks for (`?page=2`), within what exists."""
        raw = request.args.get(name, "1")
        asked = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 else 1
        last = max(1, math.ceil(total / size))
        return cls(min(max(asked, 1), last), size, total, name)

    @classmethod
    def of_rows(cls, rows: Sequence[Row], size: int = 50, name: str = "page") -> "tuple[Pagination, Sequence[Row]]":
        """The same for a list that was read whole because it is short as a rule: with the part that the page shows."""
        pages = cls.of_request(len(rows), size, name)
        return pages, rows[pages.offset : pages.offset + size]

    def url(self, number: int) -> str:
        """The address of this list at another page, filters kept."""
        query = [(key, value) for key, value in request.args.items(multi=True) if key != self.name]
        if number > 1:
            query.append((self.name, str(number)))
        return request.path + ("?" + urlencode(query) if query else "")

"""What programs read: the sitemap, robots.txt, security.txt."""

import datetime as dt

from flask import Response, abort, make_response, render_template

from portal.ground import clock
from portal.ground.authz import public
from portal.ground.config import CONFIG
from portal.pages import sitemap as of_portal
from portal.pages.views.blueprint import programs
from portal.pages.views.statements import portal_address
from portal.words.i18n import LANGUAGES

# Pages of single people, and those that would be endless.
ROBOTS = (
    "User-agent: *",
    "Disallow: /*/account/",
    "Disallow: /*/memberships/",
    "Disallow: /*/organisations.",
    "Disallow: /*/search",
    "Disallow: /*/tasks",
    "",
)


@programs.get("/sitemap.xml")
@public
def sitemap() -> Response:
    """All addresses, or, when there are many, the list of the files."""
    files = of_portal.files()
    if files == ("",):
        return _file("")
    return _xml("pages/sitemap_index.xml", files=[f"{_base_url()}/sitemap-{name}.xml" for name in files])


@programs.get("/sitemap-<slug:part>.xml")
@public
def sitemap_part(part: str) -> Response:
    """One of the files of a large sitemap."""
    return _file(part)


def _file(name: str) -> Response:
    pages = of_portal.pages_of(name)
    found = list(of_portal.addresses(_base_url(), pages)) if pages is not None else []
    if not found:
        abort(404)
    return _xml("pages/sitemap.xml", addresses=found)


@programs.get("/robots.txt")
@public
def robots() -> Response:
    return _text(*ROBOTS, f"Sitemap: {_base_url()}/sitemap.xml")


@programs.get("/.well-known/security.txt")
@public
def security() -> Response:
    """RFC 9116; it says of itself that it is true for a year from the beginning of this month."""
    month = clock.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    expires = (month + dt.timedelta(days=365)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return _text(
        f"Contact: mailto:{portal_address()}",
        f"Expires: {expires}",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
        f"Canonical: {_base_url()}/.well-known/security.txt",
    )


def _base_url() -> str:
    return str(CONFIG.get().base_url)


def _xml(template: str, **context: object) -> Response:
    response = make_response(render_template(template, **context))
    response.mimetype = "application/xml"
    return response


def _text(*lines: str) -> Response:
    return Response("".join(f"{line}\n" for line in lines), mimetype="text/plain")

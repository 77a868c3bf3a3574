"""What programs read: the sitemap, robots.txt, security.txt."""

import datetime as dt
import math

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
    "Disallow: /*/search",
    "Disallow: /*/tasks",
    "",
)


@programs.get("/sitemap.xml")
@public
def sitemap() -> Response:
    """All addresses, or, when there are more than one file may hold, the list of the files."""
    found = of_portal.addresses(_base_url())
    if len(found) <= of_portal.MOST:
        return _xml("pages/sitemap.xml", addresses=found)
    files = math.ceil(len(found) / of_portal.MOST)
    return _xml(
        "pages/sitemap_index.xml", files=[f"{_base_url()}/sitemap-{number}.xml" for number in range(1, files + 1)]
    )


@programs.get("/sitemap-<int:number>.xml")
@public
def sitemap_part(number: int) -> Response:
    """One of the files of a large sitemap, counted from 1."""
    found = of_portal.addresses(_base_url())[(number - 1) * of_portal.MOST :][: of_portal.MOST] if number else []
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

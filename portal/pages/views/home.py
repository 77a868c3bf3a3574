"""The first page."""

from flask import Response, make_response, redirect, url_for

from portal.events import queries as events
from portal.face.web import page
from portal.ground.authz import public
from portal.membership import queries as membership
from portal.news import queries as news
from portal.pages import queries
from portal.pages.views.blueprint import bp, programs
from portal.registration import queries as registration
from portal.words.i18n.language import negotiated_language

WOVEN = 20  # five motifs in each of four rows
EVENTS = POSTS = NETWORKS = 3


@programs.get("/")
@public
def root() -> Response:
    """To the first page in the reader's language: that of the last visit, then what the browser asks for."""
    response = make_response(redirect(url_for("pages.home", lang=negotiated_language()), 302))
    response.vary.update(("Cookie", "Accept-Language"))
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/")
@public
def home() -> Response:
    coming = events.upcoming(EVENTS)
    return page(
        "pages/home.html",
        names=[name.source for name in queries.woven_names(WOVEN)],
        events=coming,
        places=registration.event_places_of([event.id for event in coming]),
        networks=membership.largest_networks(NETWORKS),
        posts=news.latest(POSTS),
    )

"""The first page. What lasts longer than a day is the event that people travel to: the next such one is pinned."""

import datetime as dt

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
LOOKED_AT = 30  # coming events among which the pinned one is looked for
LONG = dt.timedelta(hours=20)  # longer than any meeting of one day


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
    beginning, coming = queries.beginning(WOVEN), events.upcoming(LOOKED_AT)
    pinned = next((event for event in coming if event.ends_at - event.starts_at > LONG), None)
    others = [event for event in coming if event is not pinned][:EVENTS]
    shown = [*others, *([pinned] if pinned else [])]
    return page(
        "pages/home.html",
        sizes=beginning,
        pinned=pinned,
        names=[name.source for name in beginning.names],
        events=others,
        places=registration.event_places_of([event.id for event in shown]),
        networks=membership.largest_networks(NETWORKS),
        posts=news.latest(POSTS),
    )

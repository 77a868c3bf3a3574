"""Calendars to subscribe to: of everything that an account is registered for, or of one registration.

A program reads the file by an address that nobody can guess. The address is shown once, on a page of its own; the page of
its owner says since when there is one, replaces it and switches it off.
"""

from flask import Response, request

from portal.accounts.models import Account
from portal.accounts.queries import account_of
from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm
from portal.face.web import absolute_url, flash, page, redirect_to
from portal.ground import links
from portal.ground.authz import by_link, signed_in
from portal.ground.links import LinkToken
from portal.registration import mails, queries, services
from portal.registration.calendars import MIME, feed_file
from portal.registration.models import Registration
from portal.registration.queries import FEED, Feed
from portal.registration.views.blueprint import bp
from portal.registration.views.own import of_link
from portal.words.i18n import _, current_language

# Kept by whoever asks, and asked for again each time: it may have changed, or ended (RFC 9111, 5.2.2.4).
ASKED_AGAIN = "private, no-cache"
END = "end"


def _nothing(token: str) -> Response:
    """To a program: what has ended is gone for good, and it need not ask again (RFC 9110, 15.5.11)."""
    return Response(status=410 if links.was_issued(FEED, token) else 404, mimetype="text/plain")


@bp.get("/registration/feed/<token>.ics")
@by_link(FEED, on=queries.feed_of, dead=_nothing)
def feed(feed: Feed, link: LinkToken) -> Response:
    name = feed.only.event.title.shown_in(current_language()).text if feed.only else _("Synergia: my events")
    response = Response(feed_file(feed.registrations, name=name), mimetype=MIME)
    response.headers["Cache-Control"] = ASKED_AGAIN
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Content-Language"] = current_language()
    response.add_etag()
    response.make_conditional(request)
    return response


@bp.get("/registration/feed/<token>")
@by_link(FEED, on=queries.feed_of)
def feed_address(feed: Feed, link: LinkToken) -> Response:
    """The address, to copy: for whoever has just made it."""
    token = str((request.view_args or {})["token"])
    address = absolute_url("registration.feed", token=token)
    return page(
        "registration/feed.html", event=feed.only.event if feed.only else None, address=address,
        opens="webcal:" + address.partition(":")[2],
    )  # fmt: skip


@bp.post("/account/registrations/calendar")
@signed_in
def own_feed() -> Response:
    account = account_of(signed_in_person())
    assert account is not None  # somebody is signed in by it
    return _do(account) or redirect_to("registration.mine", _anchor="calendar")


@bp.post("/registration/<token>/calendar")
@by_link(mails.MANAGE, on=of_link)
def feed_of_one(registration: Registration, link: LinkToken) -> Response:
    token = str((request.view_args or {})["token"])
    return _do(registration) or redirect_to("registration.manage", token=token, _anchor="calendar")


def _do(whose: Account | Registration) -> Response | None:
    """Make an address and lead to it, or switch it off."""
    if not ActionForm().validate_on_submit():
        flash(_("The page was open too long. Nothing has changed."), "note")
        return None
    if request.form.get("do") == END:
        services.end_feed(whose)
        flash(_("The calendar address is switched off. Programs that used it get nothing more."))
        return None
    return redirect_to("registration.feed_address", token=services.make_feed(whose))

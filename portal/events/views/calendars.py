"""Calendars to subscribe to: all events, those of a network with its members, those of an organisation."""

from collections.abc import Iterable

from flask import Response, abort

from portal.events import queries
from portal.events.calendar import calendar_file, event_entry
from portal.events.models import Event
from portal.events.views.blueprint import bp
from portal.face.web import absolute_url
from portal.ground.authz import public, requires
from portal.membership import queries as membership
from portal.organisations import queries as organisations
from portal.organisations.models import Organisation
from portal.organisations.policies import Permission as OrganisationPermission
from portal.words.i18n import _, current_language


@bp.get("/events.ics")
@public
def all_calendar() -> Response:
    return calendar_response(queries.in_calendar(), name=_("Events"))


@bp.get("/networks/<slug:slug>/events.ics")
@public
def network_calendar(slug: str) -> Response:
    network = membership.network_by_slug(slug)
    if network is None:
        abort(404)
    name = network.name.shown_in(current_language()).text
    return calendar_response(queries.in_calendar(network_id=network.id), name=name)


@bp.get("/organisations/<slug:slug>/events.ics")
@requires(OrganisationPermission.SEE, on=organisations.by_slug)
def organisation_calendar(organisation: Organisation) -> Response:
    events = queries.in_calendar(organisation_id=organisation.id)
    return calendar_response(events, name=organisation.name.shown_in(current_language()).text)


def calendar_response(events: Iterable[Event], *, name: str = "", attached_as: str = "") -> Response:
    """Events as one iCalendar file: to keep, or (RFC 7986) to subscribe to under a `name`."""
    entries = [event_entry(event, absolute_url("events.show", slug=event.slug)) for event in events]
    response = Response(calendar_file(entries, name=name), mimetype="text/calendar")
    if attached_as:
        response.headers["Content-Disposition"] = f'attachment; filename="{attached_as}.ics"'
    return response

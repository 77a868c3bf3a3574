"""The programme on the workbench: one day at a time, as the grid that visitors see, with a way into each empty cell."""

from flask import Response, request, url_for

from portal.events import checks, queries
from portal.events.forms import day_text
from portal.events.models import Event, SessionStatus
from portal.events.policies import Permission
from portal.events.timetable import Day, workbench_days
from portal.events.views.blueprint import bp
from portal.events.views.public import seats_of, zone_name
from portal.events.words import KINDS, STATES
from portal.face.web import page, private
from portal.ground.authz import requires


@bp.get("/events/<slug:slug>/manage/programme")
@requires(Permission.MANAGE, on=queries.by_slug)
def workbench(event: Event) -> Response:
    private()
    sessions, rooms = queries.lines(event.id), queries.rooms(event.id)
    found = workbench_days(sessions, queries.slots(event.id), [room.id for room in rooms], event.timezone)
    scheduled = [one for one in queries.sessions(event.id) if one.status == SessionStatus.SCHEDULED]
    asked = request.args.get("day", "")
    chosen = next((day for day in found if day.date.isoformat() == asked), found[0] if found else None)
    tabs = [(day_text(day.date), _day_url(event, day), day is chosen) for day in found]
    return page(
        "events/workbench.html", event=event, day=chosen, tabs=tabs, rooms={room.id: room for room in rooms},
        seats=seats_of(event), kinds=KINDS, states=STATES, zone_name=zone_name(event),
        hints=checks.hints(scheduled, {room.id: room.capacity for room in rooms}),
    )  # fmt: skip


def _day_url(event: Event, day: Day) -> str:
    return url_for("events.workbench", slug=event.slug, day=day.date.isoformat())

"""Sessions of the programme, as the coordination makes them."""

from collections.abc import Sequence

from flask import Response, request

from portal.accounts.session import signed_in_person
from portal.events import forms, queries, services
from portal.events.fields import SESSION
from portal.events.models import Event, ProgrammeSession, Room, Slot
from portal.events.policies import Permission
from portal.events.services.sessions import touched_by_cancelling
from portal.events.views.blueprint import bp
from portal.face.forms import ActionForm, whole_number
from portal.face.web import flash, page, redirect_to
from portal.ground import clock
from portal.ground.authz import requires
from portal.words.i18n import _


@bp.route("/events/<slug:slug>/sessions/new", methods=["GET", "POST"])
@requires(Permission.EDIT_PROGRAMME, on=queries.by_slug)
def new_session(event: Event) -> Response:
    slug, slots, rooms = event.slug, queries.slots(event.id), queries.rooms(event.id)
    form = forms.SessionForm(slots, rooms, event.timezone, data=_defaults(event, slots, rooms))
    if form.validate_on_submit():
        with form.refusals():
            item = services.create_session(event, by=signed_in_person(), **form.values())
            flash(_("Session added: %(title)s", title=item.title.source))
            if request.form.get("then") == "another":
                return redirect_to("events.new_session", slug=slug, copy=item.id)
            if request.form.get("then") == "quick":
                return redirect_to("events.manage", slug=slug, _anchor=f"slot-{item.slot_id}")
            return _to_session(event, item)
    return page("events/new_session.html", form=form, event=queries.by_slug(slug))


def _defaults(event: Event, slots: Sequence[Slot], rooms: Sequence[Room]) -> dict[str, object]:
    """A new session starts as a copy of another (`?copy=`), or in a slot (`?slot=`) and the room of an empty cell
    (`&room=`) or the first free one."""
    copied = queries.session_of(event.slug, _number("copy"))
    if copied is not None:
        return {
            **SESSION.read(copied, copied.title.original, event.timezone),
            "title": "",
            "abstract": "",
            "speakers": "",
        }
    slot = next((one for one in slots if one.id == _number("slot")), None)
    room = next((one for one in rooms if one.id == _number("room")), None)
    if slot is None:
        return {"kind": "workshop"}
    return forms.in_slot(slot, [room] if room else rooms, [] if room else queries.sessions(event.id))


def _number(name: str) -> int:
    return whole_number(request.args.get(name))


@bp.route("/events/<slug:slug>/sessions/<int:number>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_PROGRAMME, on=queries.session_of)
def edit_session(item: ProgrammeSession) -> Response:
    event, number = item.event, item.id
    slug = event.slug
    form = forms.EditSessionForm.of(item, queries.slots(event.id), queries.rooms(event.id), event.timezone)
    if form.validate_on_submit():
        with form.refusals():
            services.update_session(item, by=signed_in_person(), **form.values())
            flash(_("Changes saved."))
            return _to_session(event, item)
    item = queries.session_of(slug, number) or item
    return page("events/edit_session.html", form=form, event=item.event, item=item)


@bp.route("/events/<slug:slug>/sessions/<int:number>/cancel", methods=["GET", "POST"])
@requires(Permission.CANCEL_SESSION, on=queries.session_of)
def cancel_session(item: ProgrammeSession) -> Response:
    form, slug, number = forms.ReasonForm(), item.event.slug, item.id
    if form.validate_on_submit():
        with form.refusals():
            services.cancel_session(item, reason=form.reason.data, by=signed_in_person())
            flash(_("The session is cancelled. Everybody who booked it will be told by e-mail."))
            return _to_session(item.event, item)
    item = queries.session_of(slug, number) or item
    return page(
        "events/cancel_session.html", form=form, event=item.event, item=item, touched=touched_by_cancelling(item)
    )  # fmt: skip


@bp.route("/events/<slug:slug>/sessions/<int:number>/delete", methods=["GET", "POST"])
@requires(Permission.DELETE_SESSION, on=queries.session_of)
def delete_session(item: ProgrammeSession) -> Response:
    form, slug = ActionForm(), item.event.slug
    if form.validate_on_submit():
        with form.refusals():
            services.delete_session(item, by=signed_in_person())
            flash(_("Session deleted."))
            return redirect_to("events.manage", slug=slug, _anchor="programme")
    return page("events/delete_session.html", form=form, event=item.event, item=item)


def _to_session(event: Event, item: ProgrammeSession) -> Response:
    """The grid of its day, at the session: where whoever has just saved it looks next."""
    day = clock.to_wall(item.starts_at, event.timezone).date().isoformat()
    return redirect_to("events.workbench", slug=event.slug, day=day, _anchor=f"session-{item.id}")

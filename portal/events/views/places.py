"""Rooms and slots of an event."""

from flask import Response

from portal.accounts.session import signed_in_person
from portal.events import forms, queries, services
from portal.events.models import Event, Room, Slot
from portal.events.policies import Permission
from portal.events.views.blueprint import bp
from portal.face.forms import ActionForm
from portal.face.web import flash, page, redirect_to
from portal.ground.authz import requires
from portal.words.i18n import _


@bp.route("/events/<slug:slug>/rooms/new", methods=["GET", "POST"])
@requires(Permission.EDIT_PROGRAMME, on=queries.by_slug)
def new_room(event: Event) -> Response:
    form, slug = forms.RoomForm(), event.slug
    if form.validate_on_submit():
        with form.refusals():
            services.create_room(event, by=signed_in_person(), **form.values())
            flash(_("Room added."))
            return redirect_to("events.manage", slug=slug, _anchor="rooms")
    return page("events/new_room.html", form=form, event=queries.by_slug(slug))


@bp.route("/events/<slug:slug>/rooms/<int:number>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_PROGRAMME, on=queries.room_of)
def edit_room(room: Room) -> Response:
    slug, number = room.event.slug, room.id
    form = forms.EditRoomForm.of(room)
    if form.validate_on_submit():
        with form.refusals():
            services.update_room(room, by=signed_in_person(), **form.values())
            flash(_("Room changed."))
            return redirect_to("events.manage", slug=slug, _anchor="rooms")
    return page("events/edit_room.html", form=form, event=queries.by_slug(slug), number=number)


@bp.route("/events/<slug:slug>/rooms/<int:number>/delete", methods=["GET", "POST"])
@requires(Permission.EDIT_PROGRAMME, on=queries.room_of)
def delete_room(room: Room) -> Response:
    form, slug, name = ActionForm(), room.event.slug, room.name
    if form.validate_on_submit():
        with form.refusals():
            services.delete_room(room, by=signed_in_person())
            flash(_("Room removed."))
            return redirect_to("events.manage", slug=slug, _anchor="rooms")
    return page("events/delete_room.html", form=form, event=queries.by_slug(slug), name=name)


@bp.route("/events/<slug:slug>/slots/new", methods=["GET", "POST"])
@requires(Permission.EDIT_PROGRAMME, on=queries.by_slug)
def new_slot(event: Event) -> Response:
    form, slug = forms.SlotForm(), event.slug
    if form.validate_on_submit():
        with form.refusals():
            slot = services.create_slot(event, by=signed_in_person(), **form.values())
            flash(_("Slot added."))
            return redirect_to("events.manage", slug=slug, _anchor=f"slot-{slot.id}")
    return page("events/new_slot.html", form=form, event=queries.by_slug(slug))


@bp.route("/events/<slug:slug>/slots/<int:number>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_PROGRAMME, on=queries.slot_of)
def edit_slot(slot: Slot) -> Response:
    event = slot.event
    slug, number = event.slug, slot.id
    form = forms.EditSlotForm.of(slot, event)
    if form.validate_on_submit():
        with form.refusals():
            services.update_slot(slot, by=signed_in_person(), **form.values())
            flash(_("Slot changed, with all its sessions."))
            return redirect_to("events.manage", slug=slug, _anchor="programme")
    return page("events/edit_slot.html", form=form, event=queries.by_slug(slug), number=number)


@bp.route("/events/<slug:slug>/slots/<int:number>/delete", methods=["GET", "POST"])
@requires(Permission.EDIT_PROGRAMME, on=queries.slot_of)
def delete_slot(slot: Slot) -> Response:
    form, slug, words = ActionForm(), slot.event.slug, forms.slot_text(slot, slot.event.timezone)
    if form.validate_on_submit():
        with form.refusals():
            services.delete_slot(slot, by=signed_in_person())
            flash(_("Slot removed. Its sessions keep their times."))
            return redirect_to("events.manage", slug=slug, _anchor="programme")
    return page("events/delete_slot.html", form=form, event=queries.by_slug(slug), words=words)

"""The workbench of an event, and what is done with the event as a whole."""

from collections.abc import Sequence

from flask import Response, url_for

from portal.accounts.models import Person
from portal.accounts.session import signed_in_person
from portal.declaration import Panel, PanelLink
from portal.events import checks, forms, queries, services
from portal.events.models import Event, ProgrammeSession, Room, SessionStatus, Slot
from portal.events.policies import Permission, may_create_for_organisation, may_see_own
from portal.events.services.states import touched_by_cancelling
from portal.events.sums import LONG, counted
from portal.events.timetable import days
from portal.events.views.blueprint import bp
from portal.events.views.public import seats_of, state_of, zone_name
from portal.events.words import KINDS, STATES
from portal.face.forms import ActionForm, Form
from portal.face.web import Pagination, flash, page, redirect_to
from portal.ground import clock
from portal.ground.authz import can, requires
from portal.membership import queries as membership
from portal.membership.models import Network
from portal.membership.publishers import PUBLISHERS, Publisher, publisher_of, zone_of
from portal.organisations import queries as organisations
from portal.organisations.models import Organisation
from portal.registration import queries as registration
from portal.words import moments
from portal.words.i18n import Localized, _, _n

PAGE = 50
BUTTONS = 12


def home_panel(person: Person) -> Panel | None:
    """On the person's own page: the events on whose team they are."""
    if not may_see_own(person):
        return None
    links = [
        PanelLink(one.title, url_for("events.manage", slug=one.slug), STATES[one.status])
        for one in queries.next_worked_on_by(person)
    ]
    return Panel(_("Events that you run"), [*links, PanelLink(_("My events"), url_for("events.mine"))])


@bp.get("/events/mine")
@requires(Permission.SEE_OWN)
def mine() -> Response:
    person = signed_in_person()
    pages = Pagination.of_request(queries.number_worked_on_by(person), PAGE)
    host_pages, hosts = Pagination.of_rows(_begins(person), BUTTONS, "hosts")
    return page(
        "events/mine.html", events=queries.worked_on_by(person, offset=pages.offset, limit=pages.size), pages=pages,
        hosts=hosts, host_pages=host_pages, states=STATES, host_of=publisher_of,
    )  # fmt: skip


def _begins(person: Person) -> list[tuple[str, Localized]]:
    """(address, name) of each network and organisation that a person can begin an event for."""
    networks = membership.coordinated_networks(person)
    own = organisations.organisations_of(person, PUBLISHERS)
    return [
        *((url_for("events.new", slug=one.slug), one.name) for one in networks),
        *(
            (url_for("events.new_of_organisation", slug=one.slug), one.name)
            for one in own
            if may_create_for_organisation(person, one)
        ),
    ]


@bp.route("/networks/<slug:slug>/events/new", methods=["GET", "POST"])
@requires(Permission.CREATE, on=membership.network_by_slug)
def new(network: Network) -> Response:
    return _new(network)


@bp.route("/organisations/<slug:slug>/events/new", methods=["GET", "POST"])
@requires(Permission.CREATE_FOR_ORGANISATION, on=organisations.by_slug)
def new_of_organisation(organisation: Organisation) -> Response:
    return _new(organisation)


def _new(host: Publisher) -> Response:
    form = forms.NewEventForm(data=forms.new_event_defaults(zone_of(host)))
    if form.validate_on_submit():
        with form.refusals():
            event = services.create_event(host=host, by=signed_in_person(), **form.values())
            flash(_("Draft of the event saved. Next: rooms, slots and sessions."))
            return redirect_to("events.manage", slug=event.slug)
    return page("events/new.html", form=form, host=host)


@bp.get("/events/<slug:slug>/manage")
@requires(Permission.MANAGE, on=queries.by_slug)
def manage(event: Event) -> Response:
    sessions, rooms, slots = queries.sessions(event.id), queries.rooms(event.id), queries.slots(event.id)
    scheduled = [one for one in sessions if one.status == SessionStatus.SCHEDULED]
    return page(
        "events/manage.html", event=event, rooms=rooms, slots=slots, sessions=sessions, kinds=KINDS, states=STATES,
        hints=checks.hints(scheduled, {room.id: room.capacity for room in rooms}), seats=seats_of(event),
        numbers=registration.registration_numbers(event.id), translated=_translated(event, sessions),
        slot_text=forms.slot_text, room_form=forms.with_ids(forms.RoomForm(), "room"),
        slot_form=forms.with_ids(forms.SlotForm(data=_next_slot(event, slots)), "slot"),
        quick={} if len(sessions) > LONG else _quick_forms(event, slots, rooms, sessions), is_long=len(sessions) > LONG,
        days=days(queries.lines(event.id), [], event.timezone) if len(sessions) > LONG else [],
        day_text=forms.day_text, counted=counted,
        can_delete=can(Permission.DELETE, event), can_cancel=can(Permission.CANCEL, event), zone_name=zone_name(event),
    )  # fmt: skip


def _quick_forms(
    event: Event, slots: Sequence[Slot], rooms: Sequence[Room], sessions: Sequence[ProgrammeSession]
) -> dict[int, Form]:
    """Per slot the short form that adds a session without leaving the workbench, with the first free room chosen."""
    return {
        slot.id: forms.with_ids(
            forms.SessionForm(slots, rooms, event.timezone, data=forms.in_slot(slot, rooms, sessions)), f"add-{slot.id}"
        )
        for slot in slots
    }


def _next_slot(event: Event, slots: Sequence[Slot]) -> dict[str, object]:
    """A new slot is proposed right after the last one, as long as that was."""
    if not slots:
        return {"starts_at": clock.to_wall(event.starts_at, event.timezone)}
    last = slots[-1]
    return {
        "starts_at": clock.to_wall(last.ends_at, event.timezone),
        "ends_at": clock.to_wall(last.ends_at + (last.ends_at - last.starts_at), event.timezone),
    }


def _translated(event: Event, sessions: Sequence[ProgrammeSession]) -> dict[str, tuple[int, int]]:
    """language -> (texts translated and up to date, texts in all): title of the event and of each session."""
    titles = [event.title, *(one.title for one in sessions)]
    return {
        code: (sum(bool(title.get(code)) and not title.is_outdated(code) for title in titles), len(titles))
        for code in ("pl", "bg", "en")
        if code != event.title.original
    }


@bp.route("/events/<slug:slug>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT, on=queries.by_slug)
def edit(event: Event) -> Response:
    form = forms.EditEventForm.on(event, event.title.original, zone=event.timezone)
    if form.validate_on_submit():
        with form.refusals():
            services.update_event(event, by=signed_in_person(), **form.values())
            flash(_("Changes saved."))
            return redirect_to("events.manage", slug=event.slug)
    return page("events/edit.html", form=form, event=queries.by_slug(event.slug))


@bp.route("/events/<slug:slug>/postpone", methods=["GET", "POST"])
@requires(Permission.EDIT, on=queries.by_slug)
def postpone(event: Event) -> Response:
    slug, number = event.slug, len(queries.sessions(event.id))
    form = forms.PostponeForm(data={"day": event.first_day, "version": event.row_version})
    if form.validate_on_submit():
        with form.refusals():
            services.postpone_event(event, by=signed_in_person(), **form.values())
            flash(_("The event has moved, with its slots and sessions."))
            return redirect_to("events.manage", slug=slug)
    return page("events/postpone.html", form=form, event=queries.by_slug(slug), number=number)


@bp.route("/events/<slug:slug>/copy", methods=["GET", "POST"])
@requires(Permission.COPY, on=queries.by_slug)
def copy(event: Event) -> Response:
    form, slug = forms.CopyForm(), event.slug
    if form.validate_on_submit():
        with form.refusals():
            made = services.copy_event(event, days=form.read(), by=signed_in_person())
            flash(
                _n(
                    "%(n)s draft made, with its programme and team.",
                    "%(n)s drafts made, with programme and team.",
                    len(made),
                )
            )
            return redirect_to("events.manage", slug=made[0].slug) if len(made) == 1 else redirect_to("events.mine")
    event = queries.by_slug(slug) or event
    return page(
        "events/copy.html", form=form, event=event, number=len(queries.sessions(event.id)), most=services.MOST_COPIES,
        roles=len(queries.team(event.id)), questions=len(queries.questions_of(event.id)), example=moments.example_day(),
        reserves=registration.number_of_reserves(event.id),
    )  # fmt: skip


@bp.route("/events/<slug:slug>/publish", methods=["GET", "POST"])
@requires(Permission.PUBLISH, on=queries.by_slug)
def publish(event: Event) -> Response:
    form = ActionForm()
    slug = event.slug
    if form.validate_on_submit():
        with form.refusals():
            services.publish_event(event, by=signed_in_person())
            flash(_("The event is public. People can find it and register."))
            return redirect_to("events.show", slug=slug)
    event = queries.by_slug(slug) or event
    sessions: list[ProgrammeSession] = list(queries.sessions(event.id))
    capacities = {room.id: room.capacity for room in queries.rooms(event.id)}
    return page(
        "events/publish.html", form=form, event=event, sessions=sessions, hints=checks.hints(sessions, capacities),
        workshops=sum(one.seats is not None for one in sessions), state=state_of(event),
    )  # fmt: skip


@bp.route("/events/<slug:slug>/cancel", methods=["GET", "POST"])
@requires(Permission.CANCEL, on=queries.by_slug)
def cancel(event: Event) -> Response:
    form, slug = forms.ReasonForm(), event.slug
    if form.validate_on_submit():
        with form.refusals():
            services.cancel_event(event, reason=form.reason.data, by=signed_in_person())
            flash(_("The event is cancelled. Everybody who registered will be told by e-mail."))
            return redirect_to("events.show", slug=slug)
    event = queries.by_slug(slug) or event
    return page("events/cancel.html", form=form, event=event, touched=touched_by_cancelling(event))


@bp.route("/events/<slug:slug>/delete", methods=["GET", "POST"])
@requires(Permission.DELETE, on=queries.by_slug)
def delete(event: Event) -> Response:
    form = ActionForm()
    if form.validate_on_submit():
        with form.refusals():
            services.delete_event(event, by=signed_in_person())
            flash(_("Draft of the event deleted."))
            return redirect_to("events.mine")
    return page("events/delete.html", form=form, event=event, number=len(queries.sessions(event.id)))

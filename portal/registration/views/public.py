"""The form, and what stands behind it: confirming, and asking for the link again."""

import datetime as dt

from flask import Response, request, url_for

from portal.accounts.models import Person
from portal.accounts.session import current_person, signed_in_person
from portal.declaration import Panel, PanelLink
from portal.events import queries as events
from portal.events.models import Event
from portal.events.policies import Permission as EventPermission
from portal.events.registration_state import State, registration_state
from portal.face.forms import ActionForm
from portal.face.web import Pagination, client_ip, flash, page, private, redirect_to
from portal.ground import clock, limits
from portal.ground.authz import by_link, requires, signed_in
from portal.ground.errors import Conflict, Refusal
from portal.ground.links import LinkToken
from portal.ground.mailboxes import mailbox_key
from portal.registration import mails, queries, services
from portal.registration.exports import state_words
from portal.registration.forms import Group, LinkForm, RegistrationForm, groups_of, with_workshops
from portal.registration.models import Registration, RegistrationStatus
from portal.registration.services import wishes
from portal.registration.views.blueprint import bp
from portal.words.i18n import _, current_language

NEXT = 6  # registrations on the page of the account


@bp.route("/events/<slug:slug>/register", methods=["GET", "POST"])
@requires(EventPermission.SEE, on=events.by_slug)
def new(event: Event) -> Response:
    person = current_person()
    places = queries.event_places(event.id) if event.seats is not None else None
    state = registration_state(event, clock.now(), is_full=places is not None and places.free <= 0)
    is_sent = request.method == "POST"  # then nothing typed is lost, whatever has happened meanwhile
    if not state.takes and not is_sent:
        return page("registration/closed.html", event=event, state=state, places=places)
    known = queries.active_of_address(event.id, person.email or "", person.id) if person else []
    another = bool(known) and "another" in request.args
    if known and not another and not is_sent:
        return page("registration/known.html", event=event, registrations=known, form=ActionForm())
    groups = groups_of(queries.workshops(event.id))
    asked = {**_prefilled(person, another=another), **_asked(groups)}
    form = with_workshops(RegistrationForm, groups, event.timezone, data=asked)
    if not form.only_looks and form.validate_on_submit() and state.takes:
        try:
            return _send(event, form, groups, person)
        except Refusal as refusal:
            form.refuse(refusal)
            form.renew(groups_of(queries.workshops(event.id)))
            places = queries.event_places(event.id) if event.seats is not None else None
    if is_sent and not state.takes:
        form.refuse(Conflict(services.SHUT))
    return _shown(event, form, state.at, places)


def _shown(
    event: Event, form: RegistrationForm, closes: dt.datetime | None, places: queries.EventPlaces | None
) -> Response:
    full = places is not None and places.free <= 0
    form.accepts_waiting.data = "yes" if full else ""
    return page(
        "registration/new.html", form=form, status=form.shown_status, event=event, places=places, full=full, closes=closes,
    )  # fmt: skip


def _prefilled(person: Person | None, *, another: bool) -> dict[str, object]:
    """The account's own name and address; of another person with this address only the address is known."""
    return {"name": "" if another else person.name, "email": person.address} if person else {}


def _asked(groups: list[Group]) -> dict[str, object]:
    """The workshop that the address asks for (`?session=7`), chosen in its group; of one that is full its waiting list."""
    asked = request.args.get("session", type=int)
    return {group.name: group.value(one) for group in groups for one in group.workshops if one.id == asked}


def _send(event: Event, form: RegistrationForm, groups: list[Group], person: Person | None) -> Response:
    """Book at once for a confirmed address, else keep the form until its address is confirmed."""
    wishes.check([one for group in groups for one in group.workshops], form.wanted, now_free=True)
    values = {**form.values(), "event_id": event.id, "locale": current_language()}
    slug, is_own = event.slug, person is not None and person.email == mailbox_key(values["email"])
    limits.check("mail", address=form.email.data, ip=client_ip())
    if is_own:
        return _opened(services.register(**values))
    services.submit(**values)
    return redirect_to("registration.sent", slug=slug)


def _opened(done: services.Confirmed) -> Response:
    if done.is_known:
        flash(_("This person is registered with this address already. Here is the registration."), "note")
    else:
        flash(
            _("The address is confirmed. The registration is on the waiting list.")
            if done.waits
            else _("Registration confirmed. Details and the calendar file are in the e-mail.")
        )
    return redirect_to("registration.manage", token=done.token)


@bp.get("/events/<slug:slug>/register/sent")
@requires(EventPermission.SEE, on=events.by_slug)
def sent(event: Event) -> Response:
    private()
    return page("registration/sent.html", event=event, until=mails.confirm_by(event))


@bp.route("/events/<slug:slug>/register/link", methods=["GET", "POST"])
@requires(EventPermission.SEE, on=events.by_slug)
def link(event: Event) -> Response:
    form = LinkForm()
    slug = event.slug
    if form.validate_on_submit():
        with form.refusals():
            limits.check("mail", address=form.email.data, ip=client_ip())
            services.send_link(event_id=event.id, email=form.email.data)
            return redirect_to("registration.link_sent", slug=slug)
    return page("registration/link.html", form=form, event=event)


@bp.get("/events/<slug:slug>/register/link/sent")
@requires(EventPermission.SEE, on=events.by_slug)
def link_sent(event: Event) -> Response:
    private()
    return page("registration/link_sent.html", event=event)


def _of_confirm_link(token: LinkToken) -> Registration | None:
    registration = queries.of_link(token)
    ended = (RegistrationStatus.EXPIRED, RegistrationStatus.CANCELLED)
    return None if registration is None or registration.status in ended else registration


@bp.route("/registration/confirm/<token>", methods=["GET", "POST"])
@by_link(mails.CONFIRM, on=_of_confirm_link)
def confirm(registration: Registration, token: LinkToken) -> Response:
    form, event = ActionForm(), registration.event
    if form.validate_on_submit():
        with form.refusals():
            return _opened(services.confirm(registration.id))
    places = queries.event_places(event.id) if event.seats is not None else None
    state = registration_state(event, clock.now())
    full = places is not None and places.free <= 0
    chosen = queries.fates(queries.wishes_of(registration.id), clock.now(), admitted=not full)
    others = queries.active_of_address(event.id, registration.email)
    return page(
        "registration/confirm.html", form=form, registration=registration, event=event, chosen=chosen, full=full,
        until=token.expires_at, state=state, can_confirm=state.takes or state.state == State.CLOSED,
        beside=[one for one in others if one.id != registration.id],
    )  # fmt: skip


def home_panel(person: Person) -> Panel | None:
    """On the person's own page: what they are registered for."""
    own = queries.of_account(person)
    links = [PanelLink(one.event.title, url_for("registration.mine"), state_words(one.status)) for one in own[:NEXT]]
    more = [PanelLink(_("All my registrations"), url_for("registration.mine"))] if len(own) > NEXT else []
    return Panel(_("My registrations"), [*links, *more])


@bp.get("/account/registrations")
@signed_in
def mine() -> Response:
    private()
    pages, own = Pagination.of_rows(queries.of_account(signed_in_person()))
    return page("registration/mine.html", registrations=own, pages=pages, action=ActionForm())


@bp.post("/account/registrations/<int:number>")
@signed_in
def open_own(number: int) -> Response:
    own = next((one for one in queries.of_account(signed_in_person()) if one.id == number), None)
    if own is None or not ActionForm().validate_on_submit():
        flash(_("This registration has ended, or the page was open too long. Nothing has changed."), "note")
        return redirect_to("registration.mine")
    return redirect_to("registration.manage", token=services.open_own(own.id).token)

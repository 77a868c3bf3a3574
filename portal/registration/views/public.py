"""The form, and what stands behind it: confirming, and asking for the link again."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from flask import Response, request, url_for

from portal.accounts.models import Person
from portal.accounts.queries import account_of
from portal.accounts.session import current_person, signed_in_person
from portal.declaration import Panel, PanelLink
from portal.events import queries as events
from portal.events.models import Event
from portal.events.policies import Permission as EventPermission
from portal.events.registration_state import State
from portal.face.forms import ActionForm
from portal.face.web import Pagination, client_ip, flash, page, private, redirect_to
from portal.ground import clock, limits
from portal.ground.authz import by_link, requires, signed_in
from portal.ground.errors import Conflict, Refusal
from portal.ground.links import LinkToken
from portal.ground.mailboxes import mailbox_key
from portal.questions import queries as questions
from portal.registration import mails, promises, queries, services
from portal.registration.event_form import registration_form
from portal.registration.forms import Group, InvitedForm, LinkForm, RegistrationForm, groups_of
from portal.registration.models import Invitation, Registration, RegistrationStatus
from portal.registration.queries import Coordinated
from portal.registration.services import wishes
from portal.registration.views.blueprint import bp
from portal.words.i18n import _, current_language
from portal.words.vocabularies import label

OPEN = "open"  # the act of going to a registration that there is
NEXT = 6  # registrations on the page of the account


@bp.route("/events/<slug:slug>/register", methods=["GET", "POST"])
@requires(EventPermission.SEE, on=events.by_slug)
def new(event: Event) -> Response:
    person = current_person()
    known = queries.active_of_address(event.id, person.email or "", person.id) if person else []
    another = bool(known) and "another" in request.args

    def send(form: RegistrationForm, groups: list[Group]) -> Response:
        return _send(event, form, groups, person)

    prefilled = _prefilled(person, another=another)
    return form_page(event, RegistrationForm, send, known=[] if another else known, prefilled=prefilled)


@bp.route("/registration/invited/<token>", methods=["GET", "POST"])
@by_link(mails.INVITED, on=queries.invitation_of_link)
def invited(invitation: Invitation, link: LinkToken) -> Response:
    """The form of somebody who was invited: whoever holds the link of the mail has the address, so nothing is confirmed."""
    event = events.find(invitation.event_id)
    assert event is not None
    known = queries.active_of_address(event.id, invitation.email)
    if request.form.get("act") == OPEN:
        return _open_invited(known)

    def send(form: RegistrationForm, groups: list[Group]) -> Response:
        return _send_invited(event, form, groups, invitation.address)

    return form_page(event, InvitedForm, send, known=known, invited=invitation.address)


def form_page(
    event: Event,
    kind: type[RegistrationForm],
    send: Callable[[RegistrationForm, list[Group]], Response],
    *,
    known: Sequence[Registration],
    prefilled: Mapping[str, object] = {},
    invited: str = "",
) -> Response:
    """The form and what comes of sending it; before that, those of the address who are `known`, or why nobody can register."""
    places = queries.event_places(event.id) if event.seats is not None else None
    state = events.registration_now(event, is_full=places is not None and places.is_full)
    must_wait, is_sent = False, request.method == "POST"  # then nothing typed is lost, whatever has happened meanwhile
    if not state.takes and not is_sent:
        return page("registration/closed.html", event=event, state=state, places=places)
    if known and not is_sent:
        return page("registration/known.html", event=event, registrations=known, form=ActionForm(), invited=invited)
    groups = groups_of(queries.workshops(event.id))
    form = registration_form(kind, event, groups, data={**prefilled, **_asked(groups)})
    if not form.only_looks and form.validate_on_submit() and state.takes:
        try:
            return send(form, groups)
        except Refusal as refusal:
            form.refuse(refusal)
            must_wait = isinstance(refusal, services.MustWait)
            form.renew(groups_of(queries.workshops(event.id)))
            places = queries.event_places(event.id) if event.seats is not None else None
    if is_sent and not state.takes:
        form.refuse(Conflict(services.SHUT))
    return _shown(event, form, state.at, places, invited=invited, must_wait=must_wait)


def _open_invited(known: Sequence[Registration]) -> Response:
    """Go to one of the registrations of the address: its holder is who holds the link."""
    number = request.form.get("number", "")
    chosen = next((one for one in known if str(one.id) == number), None)
    if chosen is None or not ActionForm().validate_on_submit():
        flash(_("This registration has ended, or the page was open too long. Nothing has changed."), "note")
        return redirect_to("registration.invited", token=str((request.view_args or {})["token"]))
    return redirect_to("registration.manage", token=services.open_own(chosen.id).token)


def _shown(
    event: Event,
    form: RegistrationForm,
    closes: dt.datetime | None,
    places: queries.EventPlaces | None,
    *,
    invited: str = "",
    must_wait: bool = False,
) -> Response:
    full = must_wait or (places is not None and places.free <= 0)
    form.accepts_waiting.data = "yes" if full else ""
    return page(
        "registration/new.html", form=form, status=form.shown_status, event=event, places=places, full=full, closes=closes,
        invited=invited, programme=events.lines(event.id) if event.invited_only else [],
        promise=promises.of_form(event, [one.question for one in form.questions]),
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
    check_free(form, groups)
    values = {**form.values(), "event_id": event.id, "locale": current_language()}
    slug, is_own = event.slug, person is not None and person.email == mailbox_key(values["email"])
    limits.check("mail", address=form.email.data, ip=client_ip())
    if is_own:
        return to_own_page(services.register(**values))
    services.submit(**values)
    return redirect_to("registration.sent", slug=slug)


def _send_invited(event: Event, form: RegistrationForm, groups: list[Group], address: str) -> Response:
    """Book at once: the link has confirmed the address."""
    check_free(form, groups)
    values = {**form.values(), "event_id": event.id, "locale": current_language()}
    return to_own_page(services.register(**values, email=address, alone=True))


def check_free(form: RegistrationForm, groups: list[Group]) -> None:
    """Raises Refusal where a workshop is full that was chosen for a place."""
    wishes.check([one for group in groups for one in group.workshops], form.wanted, now_free=True)


def to_own_page(done: services.Confirmed) -> Response:
    """Go to the registration that now holds, and say what has come of the form."""
    if done.is_known:
        flash(_("This person is registered with this address already. Here is the registration."), "note")
    else:
        flash(_done(done.status))
    return redirect_to("registration.manage", token=done.token)


def _done(status: str) -> str:
    """What has come of confirming."""
    if status == RegistrationStatus.PENDING:
        return _("The address is confirmed. The team of the event now decides, and we write as soon as it has.")
    if status == RegistrationStatus.WAITING:
        return _("The address is confirmed. The registration is on the waiting list.")
    return _("Registration confirmed. Details and the calendar file are in the e-mail.")


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
            return to_own_page(services.confirm(registration.id))
    who = queries.origin_of(registration)
    places = queries.event_places(event.id, who) if event.seats is not None else None
    state = events.registration_now(event)
    full = places is not None and places.free <= 0
    chosen = queries.fates(queries.wishes_of(registration.id), clock.now(), admitted=not full)
    others = queries.active_of_address(event.id, registration.email)
    return page(
        "registration/confirm.html", form=form, registration=registration, event=event, chosen=chosen, full=full,
        kept=places.kept if places else 0,
        until=token.expires_at, state=state, can_confirm=state.takes or state.state == State.CLOSED,
        beside=[one for one in others if one.id != registration.id], answers=questions.answers(registration.answer_set_id),
        organisation=queries.organisation_of(registration),
    )  # fmt: skip


def home_panel(person: Person) -> Panel | None:
    """On the person's own page: what they are registered for, and what they coordinate."""
    own = _own(person)
    links = [PanelLink(_event(one).title, url_for("registration.mine"), _kind(one)) for one in own[:NEXT]]
    more = [PanelLink(_("All my registrations"), url_for("registration.mine"))] if len(own) > NEXT else []
    return Panel(_("My registrations"), [*links, *more])


@bp.get("/account/registrations")
@signed_in
def mine() -> Response:
    private()
    person = signed_in_person()
    pages, own = Pagination.of_rows(_own(person))
    account = account_of(person)
    return page(
        "registration/mine.html", own=own, pages=pages, action=ActionForm(),
        feed_since=queries.feed_since(account) if account else None,
    )  # fmt: skip


def _own(person: Person) -> list[Registration | Coordinated]:
    """What a person is registered for, and the delegations that they coordinate, by the events, soonest first."""
    found: list[Registration | Coordinated] = [*queries.coordinated_by(person), *queries.of_account(person)]
    return sorted(found, key=lambda one: _event(one).starts_at)


def _event(own: Registration | Coordinated) -> Event:
    return own.delegation.event if isinstance(own, Coordinated) else own.event


def _kind(own: Registration | Coordinated) -> str:
    """What it is to whoever has it, in a word or two."""
    return _("Delegation") if isinstance(own, Coordinated) else str(label("registration_status", own.status))


@bp.post("/account/registrations/<int:number>")
@signed_in
def open_own(number: int) -> Response:
    own = next((one for one in queries.of_account(signed_in_person()) if one.id == number), None)
    if own is None or not ActionForm().validate_on_submit():
        flash(_("This registration has ended, or the page was open too long. Nothing has changed."), "note")
        return redirect_to("registration.mine")
    return redirect_to("registration.manage", token=services.open_own(own.id).token)

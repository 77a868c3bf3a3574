"""The seats of an organisation: asking for them, confirming, and the page of whoever coordinates them."""

from collections.abc import Callable

from flask import Response, request

from portal.accounts.session import current_person, signed_in_person
from portal.events import queries as events
from portal.events.models import Event
from portal.events.policies import Permission as EventPermission
from portal.events.registration_state import State
from portal.face.forms import ActionForm
from portal.face.web import client_ip, flash, page, private, redirect_to
from portal.ground import limits
from portal.ground.authz import by_link, requires, signed_in
from portal.ground.errors import Conflict, Refusal
from portal.ground.links import LinkToken
from portal.ground.mailboxes import mailbox_key
from portal.registration import delegates, delegation_mails, queries, retaining, services
from portal.registration.delegation_forms import DelegationForm, delegation_form
from portal.registration.models import Delegation, DelegationStatus, SeatStatus
from portal.registration.occupying import KEPT
from portal.registration.passing import KEPT_FOR, MOST_PASSES
from portal.registration.views.blueprint import bp
from portal.registration.views.own import is_running, own_token
from portal.words.i18n import _, _n

METHODS = ["GET", "POST"]


@bp.route("/events/<slug:slug>/register/delegation", methods=METHODS)
@requires(EventPermission.SEE, on=events.by_slug)
def delegation_new(event: Event) -> Response:
    """The form, and what comes of sending it; or why nobody can ask."""
    private()
    person, is_sent = current_person(), request.method == "POST"
    places = queries.event_places(event.id) if event.seats is not None else None
    state = events.registration_now(event, is_full=places is not None and places.free <= 0)
    if not is_sent and not (state.takes and event.takes_delegations):
        return page("registration/closed.html", event=event, state=state, places=places)
    form = delegation_form(event, name=person.name if person else "", address=(person.address or "") if person else "")
    waits = False
    if form.validate_on_submit():
        try:
            return _send(event, form)
        except Refusal as refusal:
            form.refuse(refusal)
            waits = isinstance(refusal, services.MustWait)
    form.accepts_waiting.data = "yes" if waits else ""
    return page(
        "registration/delegation_new.html", form=form, event=event, places=places, waits=waits, closes=state.at,
        most=delegates.MOST_SEATS, due_days=event.names_due_days or delegates.NAMES_DUE_DAYS, passes=MOST_PASSES,
        kept_days=retaining.DELEGATIONS_DAYS, hours=int(KEPT_FOR.total_seconds() // 3600),
    )  # fmt: skip


def _send(event: Event, form: DelegationForm) -> Response:
    asked, slug, person = form.asked(event), event.slug, current_person()
    limits.check("mail", address=asked.email, ip=client_ip())
    if person is not None and person.email == mailbox_key(asked.email):
        token, is_other = services.ask_for_delegation(asked)
        if is_other:
            flash(_("This address coordinates a delegation of this event already. Nothing new was asked for."), "note")
        return redirect_to("registration.delegation", token=token)
    services.submit_delegation(asked)
    return redirect_to("registration.sent", slug=slug)


@bp.route("/registration/confirm-delegation/<token>", methods=METHODS)
@by_link(delegation_mails.CONFIRM_DELEGATION, on=queries.delegation_of_link)
def confirm_delegation(delegation: Delegation, token: LinkToken) -> Response:
    form, number = ActionForm(), delegation.id
    if form.validate_on_submit():
        with form.refusals():
            return redirect_to("registration.delegation", token=services.confirm_delegation(number))
    delegation = queries.delegation_at(number) or delegation
    state = events.registration_now(delegation.event)
    return page(
        "registration/confirm_delegation.html", form=form, event=delegation.event, delegation=delegation,
        until=token.expires_at, is_done=delegation.status != DelegationStatus.UNVERIFIED,
        can_confirm=state.takes or state.state == State.CLOSED,
    )  # fmt: skip


@bp.get("/registration/delegation/<token>")
@by_link(delegation_mails.DELEGATION, on=queries.delegation_of_link)
def delegation(delegation: Delegation, link: LinkToken) -> Response:
    """What the delegation has: who is named and who has completed their data, and nothing of what they said."""
    private()
    seats = queries.seats_of(delegation.id)
    count = {one: sum(seat.status == one for seat in seats) for one in SeatStatus}
    offered = [seat for seat in seats if seat.status == SeatStatus.OFFERED]
    return page(
        "registration/delegation.html", delegation=delegation, event=delegation.event, token=own_token(),
        action=ActionForm(), count=count, offered=offered, kept=sum(count[one] for one in KEPT),
        people=[seat for seat in seats if seat.registration_id or (seat.name and seat.status in queries.OPEN_SEATS)],
        can_change=is_running(delegation.event) and delegation.status in queries.LIVE_DELEGATIONS,
        unnamed=len(queries.to_name(delegation.id)), ahead=queries.delegation_ahead(delegation),
        passes=MOST_PASSES, active=queries.ACTIVE, fewest=int(KEPT_FOR.total_seconds() // 3600),
    )  # fmt: skip


@bp.post("/account/delegations/<int:number>")
@signed_in
def open_delegation(number: int) -> Response:
    """Go to a delegation that one coordinates."""
    own = next((one for one in queries.coordinated_by(signed_in_person()) if one.delegation.id == number), None)
    if own is None or not ActionForm().validate_on_submit():
        flash(_("This delegation has ended, or the page was open too long. Nothing has changed."), "note")
        return redirect_to("registration.mine")
    return redirect_to("registration.delegation", token=services.open_delegation(number))


@bp.post("/registration/delegation/<token>/take")
@by_link(delegation_mails.DELEGATION, on=queries.delegation_of_link)
def take_seats(delegation: Delegation, link: LinkToken) -> Response:
    """Take what is offered."""
    number = delegation.id

    def take() -> None:
        taken = services.take_offer(number)
        if taken:
            flash(_n("%(n)s place is yours now.", "%(n)s places are yours now.", taken))
        else:
            flash(_("No place is offered any more. Nothing has changed."), "note")

    return acted(take)


@bp.post("/registration/delegation/<token>/seats/<int:number>/take-back")
@by_link(delegation_mails.DELEGATION, on=queries.delegation_of_link)
def take_name_back(delegation: Delegation, link: LinkToken, number: int) -> Response:
    """Cancel for somebody who has not completed anything."""
    of = delegation.id

    def take() -> None:
        services.take_name_back(of, number)
        flash(_("The place of this person has gone to whoever waits."))

    return acted(take)


@bp.post("/registration/delegation/<token>/seats/<int:number>/sheet")
@by_link(delegation_mails.DELEGATION, on=queries.delegation_of_link)
def print_sheet(delegation: Delegation, link: LinkToken, number: int) -> Response:
    """To a page to print for somebody without an address, with a link of their own."""
    if ActionForm().validate_on_submit():
        try:
            return redirect_to("registration.sheet", token=services.sheet(delegation.id, number))
        except Refusal as refusal:
            flash(str(refusal.reason), "warn")
    return redirect_to("registration.delegation", token=own_token())


def acted(act: Callable[[], None]) -> Response:
    """Do what a button is for, and go back to the page of the delegation, which shows what there is now."""
    token = own_token()
    if not ActionForm().validate_on_submit():
        flash(_("The page was open too long. Nothing has changed: please use the button again."), "note")
        return redirect_to("registration.delegation", token=token)
    try:
        act()
    except Conflict as refusal:
        flash(str(refusal.reason), "warn")
    return redirect_to("registration.delegation", token=token)

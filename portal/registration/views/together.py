"""Several people of one mailbox: the form, confirming all of them, and the page of them all."""

from collections.abc import Sequence

from flask import Response, request

from portal.accounts.models import Person
from portal.accounts.session import current_person
from portal.events import queries as events
from portal.events.models import Event
from portal.events.policies import Permission as EventPermission
from portal.events.registration_state import State
from portal.face.forms import ActionForm
from portal.face.web import client_ip, flash, page, private, redirect_to
from portal.ground import limits
from portal.ground.authz import by_link, requires
from portal.ground.errors import Conflict, Refusal
from portal.ground.links import LinkToken
from portal.ground.mailboxes import mailbox_key
from portal.registration import party_mails, queries, services
from portal.registration.forms import Group, InvitedForm, RegistrationForm, groups_of
from portal.registration.models import Party, Registration, RegistrationStatus
from portal.registration.together_form import POSSIBLE, TogetherForm
from portal.registration.views.blueprint import bp
from portal.registration.views.own import own_token
from portal.registration.views.public import check_free, form_page, to_own_page
from portal.words.i18n import _, current_language

METHODS = ["GET", "POST"]


@bp.route("/events/<slug:slug>/register/together", methods=METHODS)
@requires(EventPermission.SEE, on=events.by_slug)
def together(event: Event) -> Response:
    """The form, and what comes of sending it; or why nobody can register."""
    private()
    person = current_person()
    places = queries.event_places(event.id) if event.seats is not None else None
    state = events.registration_now(event, is_full=places is not None and places.free <= 0)
    is_sent = request.method == "POST"  # then nothing typed is lost, whatever has happened meanwhile
    if not state.takes and not is_sent:
        return page("registration/closed.html", event=event, state=state, places=places)
    form = TogetherForm(event, groups_of(queries.workshops(event.id)), email=(person.address or "") if person else "")
    if form.is_valid() and state.takes:
        try:
            return _send(event, form, person)
        except Refusal as refusal:
            form.refuse(refusal)
            form.renew(groups_of(queries.workshops(event.id)))
            places = queries.event_places(event.id) if event.seats is not None else None
    if is_sent and not state.takes:
        form.refuse(Conflict(services.SHUT))
    full = places is not None and places.free <= 0
    form.shared.accepts_waiting.data = "yes" if full else ""
    return page(
        "registration/together.html", form=form.shared, together=form, status=form.status if is_sent else 200,
        event=event, places=places, full=full, closes=state.at,
    )  # fmt: skip


def _send(event: Event, form: TogetherForm, person: Person | None) -> Response:
    """Book at once for a confirmed address, else keep the form until its address is confirmed."""
    asked, people, slug = form.asked(event, current_language()), form.somebodies(), event.slug
    limits.check("mail", address=asked.email, ip=client_ip())
    if person is not None and person.email == mailbox_key(asked.email):
        return redirect_to("registration.party", token=services.register_together(asked, people))
    services.submit_together(asked, people)
    return redirect_to("registration.sent", slug=slug)


@bp.route("/registration/confirm-together/<token>", methods=METHODS)
@by_link(party_mails.CONFIRM_PARTY, on=queries.party_of_link)
def confirm_together(party: Party, token: LinkToken) -> Response:
    form, event, number, is_short = ActionForm(), party.event, party.id, False
    if form.validate_on_submit():
        with form.refusals():
            try:
                done = services.confirm_together(number, possible=request.form.get("act") == POSSIBLE)
                return redirect_to("registration.party", token=done)
            except services.NotAll:
                is_short = True
                raise
    party = queries.party_of_link(token) or party
    event, members = party.event, queries.of_party(number)
    state = events.registration_now(event)
    return page(
        "registration/confirm_together.html", form=form, event=event, party=party, members=members, is_short=is_short,
        wishes={one.id: queries.wishes_of(one.id) for one in members}, until=token.expires_at,
        is_done=not any(one.status == RegistrationStatus.UNVERIFIED for one in members),
        can_confirm=state.takes or state.state == State.CLOSED,
    )  # fmt: skip


@bp.get("/registration/together/<token>")
@by_link(party_mails.PARTY, on=queries.party_of_link)
def party(party: Party, link: LinkToken) -> Response:
    """What each of them has, and the way to the own page of each."""
    private()
    event = party.event
    members = [one for one in queries.of_party(party.id) if one.status != RegistrationStatus.UNVERIFIED]
    return page(
        "registration/party.html", action=ActionForm(), event=event, members=members, token=own_token(),
        held=_held(members), can_add=events.registration_now(event).takes,
    )  # fmt: skip


@bp.post("/registration/together/<token>/<int:number>")
@by_link(party_mails.PARTY, on=queries.party_of_link)
def open_member(party: Party, link: LinkToken, number: int) -> Response:
    """Go to the own page of one of them."""
    opened = services.open_party(party.id, number) if ActionForm().validate_on_submit() else None
    if opened is None:
        flash(_("This registration has ended, or the page was open too long. Nothing has changed."), "note")
        return redirect_to("registration.party", token=own_token())
    return redirect_to("registration.manage", token=opened.token)


@bp.route("/registration/together/<token>/more", methods=METHODS)
@by_link(party_mails.PARTY, on=queries.party_of_link)
def one_more(party: Party, link: LinkToken) -> Response:
    """One more person of the same mailbox: whoever holds the link of them all has it, so nothing is confirmed."""
    event, number = party.event, party.id
    first = queries.of_party(number)[0]

    def send(form: RegistrationForm, groups: list[Group]) -> Response:
        return _send_more(form, groups, number)

    return form_page(event, InvitedForm, send, known=[], invited=first.address)


def _send_more(form: RegistrationForm, groups: list[Group], number: int) -> Response:
    check_free(form, groups)
    return to_own_page(services.add_to_party(number, **{**form.values(), "locale": current_language()}))


def _held(members: Sequence[Registration]) -> dict[int, list[queries.Place]]:
    """What each of them has or waits for."""
    found = queries.places([one.id for one in members])
    return {one.id: [place for place in found if place.registration_id == one.id] for one in members}

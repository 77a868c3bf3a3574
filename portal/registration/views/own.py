"""What somebody does with the own registration, behind the link of a mail."""

from collections.abc import Callable, Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from flask import Response, request

from portal.events import queries as events
from portal.events.models import Event, EventStatus
from portal.face.forms import ActionForm
from portal.face.web import absolute_url, flash, page, paper_file, path_to, redirect_to
from portal.ground import clock
from portal.ground.authz import by_link
from portal.ground.errors import Conflict, Refusal
from portal.ground.links import LinkToken
from portal.questions import queries as questions
from portal.registration import mails, promises, queries, services
from portal.registration.calendars import NAME, calendar_of
from portal.registration.coming_days import days_to_come
from portal.registration.event_form import registration_form
from portal.registration.forms import ChangeForm, Group, groups_of
from portal.registration.models import BookingStatus, Registration, RegistrationStatus
from portal.registration.own_paper import Own, own_paper
from portal.registration.passing import MOST_PASSES
from portal.registration.queries import Place
from portal.registration.quotas import Origin
from portal.registration.services import Wish
from portal.registration.views.blueprint import bp
from portal.words.i18n import _, _l, current_language

NOTHING_TO_CANCEL = _l("The event is over or cancelled, so there is no place to give up. Nothing has changed.")


def of_link(token: LinkToken) -> Registration | None:
    """The registration behind the link, once its address was confirmed."""
    registration = queries.of_link(token)
    return None if registration is None or registration.confirmed_at is None else registration


def own_token() -> str:
    """The token of this page's address, for the addresses of the pages beside it."""
    return str((request.view_args or {})["token"])


def is_open(registration: Registration) -> bool:
    """Can something still be changed?"""
    return registration.status in queries.ACTIVE and is_running(registration.event)


def is_running(event: Event) -> bool:
    """Is the event still to come or under way?"""
    return event.status == EventStatus.PUBLISHED and event.ends_at > clock.now()


@bp.get("/registration/<token>")
@by_link(mails.MANAGE, on=of_link)
def manage(registration: Registration, link: LinkToken) -> Response:
    number, own = registration.id, _own(registration)
    places = [one for _day, held in own.plan for one in held]
    return page(
        "registration/manage.html", registration=registration, event=registration.event, token=own_token(),
        places=places, plan=own.plan, clashes=own.clashes,
        is_open=is_open(registration), is_active=own.is_active,
        programme=events.lines(registration.event_id) if registration.event.invited_only else [],
        is_settled=is_settled(registration, places), action=ActionForm(),
        feed_since=queries.feed_since(registration),
        delegated=queries.seats_of_registration(number) if registration.event.takes_delegations else [],
        news=queries.changes_of(number) if is_open(registration) else [],
        successor=own.successor,
        can_resume=queries.can_resume(registration) and is_running(registration.event),
        passes=MOST_PASSES, has_days=bool(days_to_come(registration.event)),
        wished=own.wished, position=own.position, organisation=own.organisation, answers=own.answers, promise=own.promise,
        keeps=bool(registration.release_at) and queries.keeps_place(number),
        seats=queries.session_places_of(registration.event_id) if any(place.position for place in places) else {},
        event_places=(
            None if own.position is None
            else queries.event_places(registration.event_id, queries.origin_of(registration))
        ),
    )  # fmt: skip


@bp.get("/registration/<token>/registration.pdf")
@by_link(mails.MANAGE, on=of_link)
def manage_pdf(registration: Registration, link: LinkToken) -> Response:
    """The same on paper, with the code of the receipt: for whoever has no mailbox or telephone at the door."""
    paper = own_paper(_own(registration), clock.now(), receipt_address=absolute_url("registration.receipt"))
    return paper_file(paper, registration.event.slug, _("Your registration"))


def _own(registration: Registration) -> Own:
    """What the page and the paper say alike."""
    number, status, zone = registration.id, registration.status, ZoneInfo(registration.event.timezone)
    places = queries.places([number])
    by_day = groupby(places, lambda place: place.span.starts.astimezone(zone).date())
    answers = questions.answers(registration.answer_set_id)
    wishes = queries.wishes_of(number) if status == RegistrationStatus.PENDING else []
    return Own(
        registration, registration.event, [(day, list(held)) for day, held in by_day], queries.clashes(places),
        wished=[one for one in wishes if one.booking_status == BookingStatus.WISHED],
        position=queries.event_position(registration) if status == RegistrationStatus.WAITING else None,
        organisation=queries.organisation_of(registration), answers=answers,
        promise=promises.of_role(registration.event, registration.role, [one.question for one in answers]),
        successor=queries.with_event(registration.successor_id) if registration.successor_id else None,
        is_active=status in queries.ACTIVE,
    )  # fmt: skip


def is_settled(registration: Registration, places: Sequence[Place]) -> bool:
    """Has everybody said yes who has to, so that there is something to change?"""
    unanswered = (RegistrationStatus.PENDING, RegistrationStatus.OFFERED)
    return registration.status not in unanswered and not any(place.until for place in places)


@bp.post("/registration/<token>/accept")
@by_link(mails.MANAGE, on=of_link)
def accept(registration: Registration, link: LinkToken) -> Response:
    return _accept(lambda: services.accept(registration.id))


@bp.post("/registration/<token>/accept/<int:number>")
@by_link(mails.MANAGE, on=of_link)
def accept_place(registration: Registration, link: LinkToken, number: int) -> Response:
    return _accept(lambda: services.accept_place(registration.id, session_id=number))


def _accept(take: Callable[[], bool]) -> Response:
    """Take what is offered, and go back to the page that shows what there is now."""
    if not ActionForm().validate_on_submit():
        flash(_("The page was open too long. Nothing has changed: please use the button again."), "note")
        return redirect_to("registration.manage", token=own_token())
    try:
        taken = take()
        flash(_("The place is yours. Details are in the e-mail.") if taken else _("You have this place already."))
    except Refusal as refusal:
        flash(str(refusal.reason), "warn")
    return redirect_to("registration.manage", token=own_token())


@bp.route("/registration/<token>/change", methods=["GET", "POST"])
@by_link(mails.MANAGE, on=of_link)
def change(registration: Registration, link: LinkToken) -> Response:
    number, event = registration.id, registration.event
    held = queries.places([number])
    if request.method == "GET" and not (is_open(registration) and is_settled(registration, held)):
        return redirect_to("registration.manage", token=own_token())
    who = queries.origin_of(registration)
    groups = groups_now(event.id, held, who)
    form = registration_form(ChangeForm, event, groups, registration.answer_set_id, data=own_values(registration))
    if not form.only_looks and form.validate_on_submit():
        try:
            values = form.values()
            told = services.change(number, **{**values, "wanted": [*values["wanted"], *untouched(form, held)]})
            flash(_("Changes saved. The new calendar file is in the e-mail.") if told else _("Changes saved."))
            return redirect_to("registration.manage", token=own_token())
        except Refusal as refusal:
            form.refuse(refusal)
            held = queries.places([number])
            form.renew(groups_now(event.id, held, who))
    return page(
        "registration/change.html",
        form=form,
        status=form.shown_status,
        event=event,
        back=_own_page(),
    )


def _own_page() -> str:
    return path_to("registration.manage", token=own_token())


def own_values(registration: Registration) -> dict[str, object]:
    """What the form of a change starts with."""
    return {
        "name": registration.name, "affiliation": registration.affiliation, "version": registration.row_version,
        "role": registration.role, "sector": registration.sector, "drops_waits": registration.drops_waits,
        "companions": str(registration.companions),
    }  # fmt: skip


def groups_now(event_id: int, held: list[Place], who: Origin) -> list[Group]:
    """The workshops to choose from, with what this person has."""
    return groups_of(queries.workshops(event_id, who=who), held)


def untouched(form: ChangeForm, held: list[Place]) -> list[Wish]:
    """Waiting places beside another choice of the same time, which the form does not show as its choice: they stay."""
    shown = {one.group.initial for one in form.groups}
    asked = {wish.session_id for wish in form.wanted}
    waits = [place.session_id for place in held if place.status == "waiting" and place.session_id not in asked]
    return [Wish(number, waits=True) for number in waits if f"{number}w" not in shown]


@bp.route("/registration/<token>/leave/<int:number>", methods=["GET", "POST"])
@by_link(mails.MANAGE, on=of_link)
def leave(registration: Registration, link: LinkToken, number: int) -> Response:
    place = next((one for one in queries.places([registration.id]) if one.session_id == number), None)
    is_sent = request.method == "POST"
    if place is None or (not is_sent and not is_open(registration)):
        if is_sent:
            flash(_("There was no place to give up. Nothing has changed."), "note")
        return redirect_to("registration.manage", token=own_token())
    form, event = ActionForm(), registration.event
    if form.validate_on_submit():
        with form.refusals():
            waited = place.status == BookingStatus.WAITING
            if not services.leave(registration.id, session_id=number):
                flash(_("The workshop has begun. Nothing has changed."), "note")
            else:
                flash(_("You have left the waiting list.") if waited else _("The place is given up."))
            return redirect_to("registration.manage", token=own_token())
    return page("registration/leave.html", form=form, event=event, place=place, token=own_token())


@bp.route("/registration/<token>/cancel", methods=["GET", "POST"])
@by_link(mails.MANAGE, on=of_link)
def cancel(registration: Registration, link: LinkToken) -> Response:
    if request.method == "GET" and not is_open(registration):
        return redirect_to("registration.manage", token=own_token())
    form, event = ActionForm(), registration.event
    if form.validate_on_submit():
        with form.refusals():
            _cancel(registration)
            return redirect_to("registration.manage", token=own_token())
    return page(
        "registration/cancel.html", form=form, event=event, registration=registration, token=own_token(),
        places=queries.places([registration.id]),
    )  # fmt: skip


def _cancel(registration: Registration) -> None:
    if registration.status in queries.ACTIVE and not is_open(registration):
        raise Conflict(NOTHING_TO_CANCEL)
    before = registration.status
    if not services.cancel(registration.id):
        flash(_("This registration was cancelled before. Nothing has changed."), "note")
    elif before == RegistrationStatus.WAITING:
        flash(_("You have left the waiting list."))
    elif before == RegistrationStatus.PENDING:
        flash(_("The request is withdrawn."))
    else:
        flash(_("Place cancelled. Thank you: it is free for somebody else."))


@bp.get("/registration/<token>/calendar.ics")
@by_link(mails.MANAGE, on=of_link)
def calendar(registration: Registration, link: LinkToken) -> Response:
    response = Response(calendar_of(registration), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{NAME}"'
    response.headers["Content-Language"] = current_language()
    return response

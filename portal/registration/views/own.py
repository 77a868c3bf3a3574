"""What somebody does with the own registration, behind the link of a mail."""

from itertools import groupby
from zoneinfo import ZoneInfo

from flask import Response, request

from portal.events.models import Event, EventStatus
from portal.face.forms import ActionForm
from portal.face.web import flash, page, redirect_to
from portal.ground import clock
from portal.ground.authz import by_link
from portal.ground.errors import Conflict, Refusal
from portal.ground.links import LinkToken
from portal.registration import mails, queries, services
from portal.registration.calendars import NAME, calendar_of
from portal.registration.forms import ChangeForm, Group, groups_of, with_workshops
from portal.registration.models import BookingStatus, Registration, RegistrationStatus
from portal.registration.queries import Place
from portal.registration.services import Wish
from portal.registration.views.blueprint import bp
from portal.words.i18n import _, _l, current_language

NOTHING_TO_CANCEL = _l("The event is over or cancelled, so there is no place to give up. Nothing has changed.")


def _of_link(token: LinkToken) -> Registration | None:
    registration = queries.of_link(token)
    return None if registration is None or registration.confirmed_at is None else registration


def _token() -> str:
    """The token of this page's address, for the addresses of the pages beside it."""
    return str((request.view_args or {})["token"])


def _is_open(registration: Registration) -> bool:
    """Can something still be changed?"""
    event: Event = registration.event
    active = registration.status in queries.ACTIVE
    return active and event.status == EventStatus.PUBLISHED and event.ends_at > clock.now()


@bp.get("/registration/<token>")
@by_link(mails.MANAGE, on=_of_link)
def manage(registration: Registration, link: LinkToken) -> Response:
    waits = registration.status == RegistrationStatus.WAITING
    places, zone = queries.places([registration.id]), ZoneInfo(registration.event.timezone)
    by_day = groupby(places, lambda place: place.span.starts.astimezone(zone).date())
    return page(
        "registration/manage.html", registration=registration, event=registration.event, token=_token(),
        places=places, plan=[(day, list(held)) for day, held in by_day], clashes=queries.clashes(places),
        is_open=_is_open(registration),
        position=queries.event_position(registration) if waits else None,
    )  # fmt: skip


@bp.route("/registration/<token>/change", methods=["GET", "POST"])
@by_link(mails.MANAGE, on=_of_link)
def change(registration: Registration, link: LinkToken) -> Response:
    if request.method == "GET" and not _is_open(registration):
        return redirect_to("registration.manage", token=_token())
    number, event = registration.id, registration.event
    held = queries.places([number])
    own = {"name": registration.name, "affiliation": registration.affiliation, "version": registration.row_version}
    form = with_workshops(ChangeForm, _groups(event.id, held), event.timezone, data=own)
    if not form.only_looks and form.validate_on_submit():
        try:
            values = form.values()
            told = services.change(number, **{**values, "wanted": [*values["wanted"], *_untouched(form, held)]})
            flash(_("Changes saved. The new calendar file is in the e-mail.") if told else _("Changes saved."))
            return redirect_to("registration.manage", token=_token())
        except Refusal as refusal:
            form.refuse(refusal)
            held = queries.places([number])
            form.renew(_groups(event.id, held))
    return page("registration/change.html", form=form, status=form.shown_status, event=event, token=_token())


def _groups(event_id: int, held: list[Place]) -> list[Group]:
    return groups_of(queries.workshops(event_id), held)


def _untouched(form: ChangeForm, held: list[Place]) -> list[Wish]:
    """Waiting places beside another choice of the same time, which the form does not show as its choice: they stay."""
    shown = {one.group.initial for one in form.groups}
    asked = {wish.session_id for wish in form.wanted}
    waits = [place.session_id for place in held if place.status == "waiting" and place.session_id not in asked]
    return [Wish(number, waits=True) for number in waits if f"{number}w" not in shown]


@bp.route("/registration/<token>/leave/<int:number>", methods=["GET", "POST"])
@by_link(mails.MANAGE, on=_of_link)
def leave(registration: Registration, link: LinkToken, number: int) -> Response:
    place = next((one for one in queries.places([registration.id]) if one.session_id == number), None)
    is_sent = request.method == "POST"
    if place is None or (not is_sent and not _is_open(registration)):
        if is_sent:
            flash(_("There was no place to give up. Nothing has changed."), "note")
        return redirect_to("registration.manage", token=_token())
    form, event = ActionForm(), registration.event
    if form.validate_on_submit():
        with form.refusals():
            waited = place.status == BookingStatus.WAITING
            if not services.leave(registration.id, session_id=number):
                flash(_("The workshop has begun. Nothing has changed."), "note")
            else:
                flash(_("You have left the waiting list.") if waited else _("The place is given up."))
            return redirect_to("registration.manage", token=_token())
    return page("registration/leave.html", form=form, event=event, place=place, token=_token())


@bp.route("/registration/<token>/cancel", methods=["GET", "POST"])
@by_link(mails.MANAGE, on=_of_link)
def cancel(registration: Registration, link: LinkToken) -> Response:
    if request.method == "GET" and not _is_open(registration):
        return redirect_to("registration.manage", token=_token())
    form, event = ActionForm(), registration.event
    if form.validate_on_submit():
        with form.refusals():
            _cancel(registration)
            return redirect_to("registration.manage", token=_token())
    return page(
        "registration/cancel.html", form=form, event=event, registration=registration, token=_token(),
        places=queries.places([registration.id]),
    )  # fmt: skip


def _cancel(registration: Registration) -> None:
    if registration.status in queries.ACTIVE and not _is_open(registration):
        raise Conflict(NOTHING_TO_CANCEL)
    waited = registration.status == RegistrationStatus.WAITING
    if not services.cancel(registration.id):
        flash(_("This registration was cancelled before. Nothing has changed."), "note")
    elif waited:
        flash(_("You have left the waiting list."))
    else:
        flash(_("Place cancelled. Thank you: it is free for somebody else."))


@bp.get("/registration/<token>/calendar.ics")
@by_link(mails.MANAGE, on=_of_link)
def calendar(registration: Registration, link: LinkToken) -> Response:
    response = Response(calendar_of(registration), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{NAME}"'
    response.headers["Content-Language"] = current_language()
    return response

"""The file of one person at an event: what they have, what was done, and whether the mails arrived."""

import datetime as dt
from itertools import groupby
from zoneinfo import ZoneInfo

from flask import Response, request

from portal.accounts.session import signed_in_person
from portal.events.models import Event
from portal.face.forms import ActionForm, whole_number
from portal.face.web import flash, page, private, redirect_to
from portal.ground import clock
from portal.ground.authz import can, requires
from portal.mail import concern, log
from portal.organisations.words import verb
from portal.registration import mails, promises, queries, services
from portal.registration.models import Registration, RegistrationStatus
from portal.registration.policies import Permission
from portal.registration.queries import Place
from portal.registration.views.blueprint import bp
from portal.registration.views.coming import can_choose_days
from portal.registration.views.own import is_open, is_settled
from portal.words.i18n import _


@bp.route("/events/<slug:slug>/participants/<int:number>", methods=["GET", "POST"])
@requires(Permission.PARTICIPANTS, on=queries.registration_at)
def person(registration: Registration) -> Response:
    private()
    form, event, number = ActionForm(), registration.event, registration.id
    slug = event.slug
    if form.validate_on_submit():
        with form.refusals():
            services.send_mail_again(event, whole_number(request.form.get("again", "")), by=signed_in_person())
            flash(_("The message is sent again now."))
            return redirect_to("registration.person", slug=slug, number=number)
    if form.is_submitted():
        registration = queries.registration_at(slug, number) or registration
    return _shown(registration, registration.event, form)


def _shown(registration: Registration, event: Event, form: ActionForm) -> Response:
    about, places = concern("event", event.id), queries.places([registration.id])
    others = [f"registration.{name}:" for name in mails.OF_ONE]
    waits = registration.status == RegistrationStatus.WAITING
    return page(
        "registration/person.html", form=form, registration=registration, event=event, plan=_by_day(places, event),
        position=queries.event_position(registration) if waits else None, clashes=queries.clashes(places),
        mails=log.of_person(about, registration.address, own=mails.own_keys(registration.id), others=others),
        trouble=log.trouble([registration.address], about).get(registration.address),
        delegated=queries.seats_of_registration(registration.id) if event.takes_delegations else [],
        acts=queries.acts_of(registration), verb=verb, can_act=_can_act(registration, event),
        offered=[place for place in places if place.until], is_asked=_is_asked(registration),
        can_change=is_open(registration) and is_settled(registration, places),
        chooses_days=can_choose_days(registration), notes_needs=is_open(registration),
        kept_until=promises.of_role(event, registration.role).day,
    )  # fmt: skip


def _can_act(registration: Registration, event: Event) -> bool:
    """Is there something that can be done for this person when they call?"""
    alive = registration.status in (*queries.ACTIVE, RegistrationStatus.UNVERIFIED)
    return alive and event.ends_at > clock.now() and can(Permission.ACT_FOR_PEOPLE, event)


def _is_asked(registration: Registration) -> bool:
    """Was this person asked whether they come, without an answer yet?"""
    confirmed = registration.status == RegistrationStatus.CONFIRMED
    return confirmed and registration.reconfirm_asked_at is not None and registration.reconfirmed_at is None


def _by_day(places: list[Place], event: Event) -> list[tuple[dt.date, list[Place]]]:
    zone = ZoneInfo(event.timezone)
    days = groupby(places, lambda place: place.span.starts.astimezone(zone).date())
    return [(day, list(held)) for day, held in days]

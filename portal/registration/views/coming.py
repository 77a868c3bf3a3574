"""Whether somebody comes, and on which days: one page with buttons behind the link of a mail, the own page, and the file that
the team has of whoever calls. Opening any of them changes nothing."""

from flask import Response, request

from portal.accounts.session import signed_in_person
from portal.events import queries as events
from portal.events.models import Event
from portal.face.forms import ActionForm
from portal.face.web import flash, page, path_to, private, redirect_to
from portal.face.web.failures import failure
from portal.ground import links
from portal.ground.authz import by_link, requires
from portal.ground.links import LinkToken
from portal.registration import mails, queries, services
from portal.registration.audiences import contact_of
from portal.registration.coming_days import days_to_come
from portal.registration.coming_form import DaysForm, DaysOfSomebodyForm, days_form
from portal.registration.models import Registration, RegistrationStatus
from portal.registration.policies import Permission
from portal.registration.reminder_mails import COMING
from portal.registration.views.blueprint import bp
from portal.registration.views.own import is_open, is_running, of_link, own_token
from portal.words.i18n import _

COME, SOME_DAYS, NOT_COME = "come", "some-days", "not-come"
METHODS = ["GET", "POST"]


def _ended(token: str) -> Response:
    """A link that is over says of which event it was, and whom to ask; one that never was says nothing of anybody."""
    link = links.issued(COMING, token)
    registration = queries.of_link(link) if link else None
    event = events.find(registration.event_id) if registration else None
    contact = contact_of(event) if event else ""
    return failure(404, template="registration/coming_ended.html", event=event, contact=contact)


@bp.route("/registration/coming/<token>", methods=["GET", "POST"])
@by_link(COMING, on=queries.of_link, dead=_ended)
def coming(registration: Registration, link: LinkToken) -> Response:
    number = registration.id
    form = days_form(events.find(registration.event_id), registration)
    if form.validate_on_submit():
        with form.refusals():
            _answer(registration, form)
            return redirect_to("registration.coming", token=own_token())
    registration = queries.with_event(number) or registration  # as it is now
    event = events.find(registration.event_id)
    assert event is not None
    return page(
        "registration/coming.html", form=form, registration=registration, event=event, contact=contact_of(event),
        can_answer=_can_answer(registration, event), keeps=queries.keeps_place(number), come=COME,
        some_days=SOME_DAYS, not_come=NOT_COME,
    )  # fmt: skip


def _can_answer(registration: Registration, event: Event) -> bool:
    """Is there a place to keep or to give up, or one that was given up and can still be taken back?"""
    has_place = registration.status == RegistrationStatus.CONFIRMED or queries.can_resume(registration)
    return has_place and is_running(event)


def _answer(registration: Registration, form: DaysForm) -> None:
    """The last word counts: whoever said no comes after all, as long as the place is there."""
    number, said = registration.id, request.form.get("act")
    if said == NOT_COME:
        done = services.cancel(number)
        flash(_("Thank you for saying so. The place is free for somebody else.") if done else _("Nothing has changed."))
    elif said == SOME_DAYS:
        services.come_on(number, days=form.chosen)
        flash(_("Thank you. The place stays yours, and those who wait get what you gave up."))
    elif said == COME:
        if registration.status == RegistrationStatus.CANCELLED:
            services.resume(number)
        else:
            services.come(number)
        flash(_("Thank you. The place stays yours."))


@bp.post("/registration/<token>/come")
@by_link(mails.MANAGE, on=queries.of_link)
def come(registration: Registration, link: LinkToken) -> Response:
    """The same yes from the own page."""
    form = ActionForm()
    if form.validate_on_submit():
        with form.refusals():
            services.come(registration.id)
            flash(_("Thank you. The place stays yours."))
    for _control, reason in form.problems:
        flash(str(reason), "note")
    return redirect_to("registration.manage", token=own_token())


def can_choose_days(registration: Registration) -> bool:
    """Was this person asked whether they come, to an event of several days of which some are still ahead?"""
    has_place = registration.status == RegistrationStatus.CONFIRMED and is_open(registration)
    return has_place and registration.reconfirm_asked_at is not None and bool(days_to_come(registration.event))


@bp.route("/registration/<token>/days", methods=METHODS)
@by_link(mails.MANAGE, on=of_link)
def own_days(registration: Registration, link: LinkToken) -> Response:
    """On which days somebody comes, from the own page."""
    if request.method == "GET" and not can_choose_days(registration):
        return redirect_to("registration.manage", token=own_token())
    event, number = registration.event, registration.id
    form = days_form(event, registration)
    if form.validate_on_submit():
        with form.refusals():
            done = services.come_on(number, days=form.chosen)
            flash(_("Saved. Those who wait get what you gave up.") if done else _("Nothing has changed."))
            return redirect_to("registration.manage", token=own_token())
    return page(
        "registration/own_days.html", form=form, event=event, registration=registration,
        back=path_to("registration.manage", token=own_token()),
    )  # fmt: skip


@bp.route("/events/<slug:slug>/participants/<int:number>/days", methods=METHODS)
@requires(Permission.ACT_FOR_PEOPLE, on=queries.registration_at)
def days_for_person(registration: Registration) -> Response:
    """Somebody says on the telephone on which days they come."""
    private()
    event, number = registration.event, registration.id
    slug = event.slug
    if request.method == "GET" and not can_choose_days(registration):
        return redirect_to("registration.person", slug=slug, number=number)
    form = days_form(event, registration, DaysOfSomebodyForm)
    if form.validate_on_submit():
        with form.refusals():
            days = form.chosen
            done = services.act_for(number, lambda: services.come_on(number, days=days), by=signed_in_person())
            flash(_("Noted: this person comes on these days.") if done else _("Nothing has changed."))
            return redirect_to("registration.person", slug=slug, number=number)
    registration = queries.registration_at(slug, number) or registration
    return page(
        "registration/days_for_person.html", form=form, event=registration.event, registration=registration,
        back=path_to("registration.person", slug=slug, number=number),
    )  # fmt: skip

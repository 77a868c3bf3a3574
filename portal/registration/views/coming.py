"""Whether somebody comes: one page with two buttons behind the link of a mail. Opening it changes nothing."""

from flask import Response, request

from portal.events import queries as events
from portal.events.models import Event
from portal.face.forms import ActionForm
from portal.face.web import flash, page, redirect_to
from portal.face.web.failures import failure
from portal.ground import links
from portal.ground.authz import by_link
from portal.ground.links import LinkToken
from portal.registration import mails, queries, services
from portal.registration.audiences import contact_of
from portal.registration.models import Registration, RegistrationStatus
from portal.registration.reminder_mails import COMING
from portal.registration.views.blueprint import bp
from portal.registration.views.own import is_running, own_token
from portal.words.i18n import _

COME, NOT_COME = "come", "not-come"


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
    form, number = ActionForm(), registration.id
    if form.validate_on_submit():
        with form.refusals():
            _answer(registration)
            return redirect_to("registration.coming", token=own_token())
    registration = queries.with_event(number) or registration  # as it is now
    event = events.find(registration.event_id)
    assert event is not None
    return page(
        "registration/coming.html", form=form, registration=registration, event=event, contact=contact_of(event),
        can_answer=_can_answer(registration, event), keeps=queries.keeps_place(number), come=COME,
        not_come=NOT_COME,
    )  # fmt: skip


def _can_answer(registration: Registration, event: Event) -> bool:
    """Is there a place to keep or to give up, or one that was given up and can still be taken back?"""
    has_place = registration.status == RegistrationStatus.CONFIRMED or queries.can_resume(registration)
    return has_place and is_running(event)


def _answer(registration: Registration) -> None:
    """The last word counts: whoever said no comes after all, as long as the place is there."""
    number, said = registration.id, request.form.get("act")
    if said == NOT_COME:
        done = services.cancel(number)
        flash(_("Thank you for saying so. The place is free for somebody else.") if done else _("Nothing has changed."))
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

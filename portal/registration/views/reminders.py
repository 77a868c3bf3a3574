"""The reminders of an event: when they are sent, what they say, and a test to oneself."""

from flask import Response

from portal.accounts.session import signed_in_person
from portal.events import queries as events
from portal.events.models import Event
from portal.events.reminding import reminders as moments_of
from portal.face.forms import ActionForm
from portal.face.web import flash, page, private, redirect_to
from portal.ground import clock
from portal.ground.authz import requires
from portal.registration import queries, services
from portal.registration.policies import Permission
from portal.registration.views.blueprint import bp
from portal.words.i18n import _n


@bp.route("/events/<slug:slug>/reminders", methods=["GET", "POST"])
@requires(Permission.WRITE_TO_PEOPLE, on=events.by_slug)
def reminders(event: Event) -> Response:
    private()
    form, slug = ActionForm(), event.slug
    if form.validate_on_submit():
        with form.refusals():
            person = signed_in_person()
            sent = services.send_reminder_test(event, by=person)
            flash(
                _n(
                    "The test is on its way to %(address)s, in %(n)s language.",
                    "The test is on its way to %(address)s, in %(n)s languages.",
                    sent,
                    address=person.address,
                )
            )
            return redirect_to("registration.reminders", slug=slug)
    return page(
        "registration/reminders.html", form=form, event=event, moments=list(moments_of(event)), now=clock.now(),
        sent=queries.reminded(event.id), people=queries.registration_numbers(event.id)[0],
        answers=queries.answers_to_asking(event.id) if event.reconfirm_days else None,
        by_day=queries.coming_by_day(event) if event.reconfirm_days else {},
    )  # fmt: skip

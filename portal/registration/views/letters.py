"""What was written about an event, and whether it arrived: for those who run the event."""

from flask import Response, request

from portal.accounts.session import signed_in_person
from portal.events import queries as events
from portal.events.models import Event
from portal.face.forms import ActionForm, whole_number
from portal.face.web import flash, page, private, redirect_to
from portal.ground.authz import requires
from portal.mail import concern
from portal.mail.log_page import log_page
from portal.registration import services
from portal.registration.policies import Permission
from portal.registration.views.blueprint import bp
from portal.words.i18n import _


@bp.route("/events/<slug:slug>/mails", methods=["GET", "POST"])
@requires(Permission.MAILS, on=events.by_slug)
def mails(event: Event) -> Response:
    private()
    form, slug, about = ActionForm(), event.slug, concern("event", event.id)
    if form.validate_on_submit():
        with form.refusals():
            services.send_mail_again(event, whole_number(request.form.get("again", "")), by=signed_in_person())
            flash(_("The message is sent again now."))
            return redirect_to("registration.mails", slug=slug)
    return page("registration/mails.html", form=form, event=events.by_slug(slug), log=log_page(about))

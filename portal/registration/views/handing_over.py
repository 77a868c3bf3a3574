"""Behind the link of a mail: giving the place to somebody else, and coming after all."""

from flask import Response, request

from portal.face.forms import ActionForm
from portal.face.web import client_ip, flash, page, redirect_to
from portal.ground import limits
from portal.ground.authz import by_link
from portal.ground.errors import Refusal
from portal.ground.links import LinkToken
from portal.registration import mails, queries, services
from portal.registration.forms import HandOverForm
from portal.registration.models import Registration, RegistrationStatus
from portal.registration.views.blueprint import bp
from portal.registration.views.own import is_open, is_settled, of_link, own_token
from portal.words.i18n import _


@bp.route("/registration/<token>/hand-over", methods=["GET", "POST"])
@by_link(mails.MANAGE, on=of_link)
def hand_over(registration: Registration, link: LinkToken) -> Response:
    number, event = registration.id, registration.event
    places = queries.places([number])
    has_place = registration.status == RegistrationStatus.CONFIRMED
    if request.method == "GET" and not (has_place and is_open(registration) and is_settled(registration, places)):
        return redirect_to("registration.manage", token=own_token())
    form = HandOverForm()
    if form.validate_on_submit():
        with form.refusals():
            limits.check("mail", address=form.email.data, ip=client_ip())
            services.hand_over(number, **form.values())
            flash(_("The place is handed over, and both of you get an e-mail."))
            return redirect_to("registration.manage", token=own_token())
    return page("registration/hand_over.html", form=form, event=event, places=places, token=own_token())


@bp.post("/registration/<token>/resume")
@by_link(mails.MANAGE, on=of_link)
def resume(registration: Registration, link: LinkToken) -> Response:
    if not ActionForm().validate_on_submit():
        flash(_("The page was open too long. Nothing has changed: please use the button again."), "note")
        return redirect_to("registration.manage", token=own_token())
    try:
        services.resume(registration.id)
        flash(_("You have a place again. What is booked is in the e-mail."))
    except Refusal as refusal:
        flash(str(refusal.reason), "warn")
    return redirect_to("registration.manage", token=own_token())

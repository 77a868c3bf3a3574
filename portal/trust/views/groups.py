"""The time of a group: its end, and its way to a registered organisation."""

from flask import Response, request, url_for

from portal.accounts.session import signed_in_person
from portal.face.web import flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import can, requires
from portal.organisations import queries as organisations
from portal.organisations.models import Organisation
from portal.trust import queries, services
from portal.trust.forms import EndForm, OptionalReasonForm, RegisteringForm
from portal.trust.models import Registering
from portal.trust.policies import Permission
from portal.trust.views.act import act_page
from portal.trust.views.blueprint import bp
from portal.words.i18n import _, _p

METHODS = ["GET", "POST"]


@bp.route("/organisations/<slug:slug>/trust/end", methods=METHODS)
@requires(Permission.SET_END, on=organisations.by_slug)
def set_end(organisation: Organisation) -> Response:
    life, slug = queries.life_of(organisation.id), organisation.slug
    form = EndForm(data={"ends_on": life.ends_on if life else None})
    if form.validate_on_submit():
        with form.refusals():
            services.set_end(organisation, by=signed_in_person(), **form.values())
            flash(_("Changes saved."))
            return redirect_to("trust.of_organisation", slug=slug)
    return act_page(
        organisation, form, _("Last day of the group"),
        [
            _("A group for one summer or one project can say when it ends. Its people are reminded a month before."),
            _("After that day the profile says that the group has ended. Nothing is deleted."),
        ],
        _p("button", "Save"), back=url_for("trust.of_organisation", slug=slug),
        hints={"ends_on": _("Leave it empty for a group without an end.")},
    )  # fmt: skip


@bp.route("/organisations/<slug:slug>/trust/registered", methods=METHODS)
@requires(Permission.ASK_REGISTERING, on=organisations.by_slug)
def ask_registering(organisation: Organisation) -> Response:
    form, slug = RegisteringForm(organisation.country), organisation.slug
    if form.validate_on_submit():
        with form.refusals():
            services.ask_registering(organisation, by=signed_in_person(), **form.values())
            flash(_("Sent. Somebody compares the numbers; the answer comes by e-mail."))
            return redirect_to("trust.of_organisation", slug=slug)
    return act_page(
        organisation, form, _("The group is registered now"),
        [
            _("The profile, its address, its people and its history stay. It will say until when it was an informal group."),
            _("A coordinator or the portal team compares the number with the register first."),
        ],
        _p("button", "Send for review"), back=url_for("trust.of_organisation", slug=slug),
    )  # fmt: skip


@bp.route("/registrations-of-groups/<int:number>", methods=METHODS)
@requires(Permission.SEE_REGISTERING, on=queries.registering)
def registering(asked: Registering) -> Response:
    private()
    form, number = OptionalReasonForm(), asked.id
    if can(Permission.DECIDE_REGISTERING, asked) and form.validate_on_submit():
        accept, person = request.form.get("decision") == "accept", signed_in_person()
        with form.refusals():
            if accept:
                services.accept_registering(asked, by=person)
            else:
                services.refuse_registering(asked, by=person, **form.values())
            flash(_("Decided. The people of the group were told by e-mail."))
            return redirect_to("trust.registering", number=number)
    return page("trust/registering.html", form=form, asked=queries.registering(number))

"""Confirming a profile, hiding it and showing it again; suspending one and bringing it back."""

from flask import Response, request

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm
from portal.face.web import flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground import clock
from portal.ground.authz import requires
from portal.membership import queries as membership
from portal.organisations import queries, services
from portal.organisations.forms import ClosingForm, ReasonForm
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.policies import Permission, is_of_the_team
from portal.organisations.views.blueprint import bp
from portal.organisations.words import ZONE
from portal.words.i18n import _


@bp.post("/<slug:slug>/confirm")
@requires(Permission.CONFIRM, on=queries.by_slug)
def confirm(organisation: Organisation) -> Response:
    if ActionForm().validate_on_submit():
        services.confirm(organisation, by=signed_in_person())
        flash(_("Thank you. The profile says that its details were confirmed today."))
    if request.form.get("back") == "mine":
        return redirect_to("organisations.mine")
    return redirect_to("organisations.show", slug=organisation.slug)


@bp.post("/<slug:slug>/hide")
@requires(Permission.HIDE, on=queries.by_slug)
def hide(organisation: Organisation) -> Response:
    if ActionForm().validate_on_submit():
        services.change_status(organisation, OrganisationStatus.HIDDEN, by=signed_in_person())
        flash(_("Profile hidden. Only its own people see it now."))
    return redirect_to("organisations.show", slug=organisation.slug)


@bp.post("/<slug:slug>/show-again")
@requires(Permission.SHOW_AGAIN, on=queries.by_slug)
def show_again(organisation: Organisation) -> Response:
    if ActionForm().validate_on_submit():
        services.change_status(organisation, OrganisationStatus.PUBLISHED, by=signed_in_person())
        flash(_("Profile published."))
    return redirect_to("organisations.show", slug=organisation.slug)


@bp.route("/<slug:slug>/suspend", methods=["GET", "POST"])
@requires(Permission.SUSPEND, on=queries.by_slug)
def suspend(organisation: Organisation) -> Response:
    private()
    form = ReasonForm()
    if form.validate_on_submit():
        with form.refusals():
            services.change_status(organisation, OrganisationStatus.SUSPENDED, by=signed_in_person(), **form.values())
            flash(_("Profile suspended. Its people were told by e-mail."))
            return redirect_to("organisations.show", slug=organisation.slug)
    return page("organisations/suspend.html", form=form, organisation=organisation)


@bp.post("/<slug:slug>/restore")
@requires(Permission.RESTORE, on=queries.by_slug)
def restore(organisation: Organisation) -> Response:
    if ActionForm().validate_on_submit():
        services.change_status(organisation, OrganisationStatus.PUBLISHED, by=signed_in_person())
        flash(_("Profile published."))
    return redirect_to("organisations.show", slug=organisation.slug)


@bp.route("/<slug:slug>/close", methods=["GET", "POST"])
@requires(Permission.CLOSE, on=queries.by_slug)
def close(organisation: Organisation) -> Response:
    private()
    form = ClosingForm(data={"last_day": clock.today(ZONE)})
    if form.validate_on_submit():
        with form.refusals():
            services.close(organisation, by=signed_in_person(), **form.values())
            flash(_("Organisation closed. Its page says since when."))
            return redirect_to("organisations.show", slug=organisation.slug)
    return page(
        "organisations/close.html",
        form=form,
        organisation=organisation,
        networks=membership.networks_of([organisation.id])[organisation.id],
        of_the_team=is_of_the_team(signed_in_person(), organisation),
    )


@bp.post("/<slug:slug>/reopen")
@requires(Permission.REOPEN, on=queries.by_slug)
def reopen(organisation: Organisation) -> Response:
    if ActionForm().validate_on_submit():
        services.reopen(organisation, by=signed_in_person())
        flash(_("Organisation open again. It is in the list, and memberships can be applied for."))
    return redirect_to("organisations.show", slug=organisation.slug)

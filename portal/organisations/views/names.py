"""Other names of an organisation: added and removed."""

from flask import Response

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm
from portal.face.web import flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import requires
from portal.organisations import queries, services
from portal.organisations.forms import NameForm
from portal.organisations.models import Organisation, OtherName
from portal.organisations.policies import Permission
from portal.organisations.views.blueprint import bp
from portal.words.i18n import _


@bp.route("/<slug:slug>/edit/names", methods=["GET", "POST"])
@requires(Permission.EDIT, on=queries.by_slug)
def names(organisation: Organisation) -> Response:
    private()
    form = NameForm()
    if form.validate_on_submit():
        with form.refusals():
            services.add_name(organisation, by=signed_in_person(), **form.values())
            flash(_("Name added. The organisation is found by it now."))
            return redirect_to("organisations.names", slug=organisation.slug)
    return page(
        "organisations/names.html",
        form=form,
        action=ActionForm(),
        organisation=organisation,
        names=queries.names_of(organisation),
        most=services.MOST_NAMES,
    )


@bp.post("/<slug:slug>/edit/names/<int:number>/remove")
@requires(Permission.REMOVE_NAME, on=queries.name_at)
def remove_name(name: OtherName) -> Response:
    slug = name.organisation.slug
    if ActionForm().validate_on_submit():
        services.remove_name(name, by=signed_in_person())
        flash(_("Name removed."))
    return redirect_to("organisations.names", slug=slug)

"""Seat and areas of work of an organisation."""

from flask import Response

from portal.accounts.session import signed_in_person
from portal.face.web import flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import requires
from portal.organisations import queries, services
from portal.organisations.forms import AreasForm
from portal.organisations.models import Organisation
from portal.organisations.policies import Permission
from portal.organisations.views.blueprint import bp
from portal.words.i18n import _


@bp.route("/<slug:slug>/edit/areas", methods=["GET", "POST"])
@requires(Permission.EDIT, on=queries.by_slug)
def areas(organisation: Organisation) -> Response:
    """Looking for a place sends the form, too: what was chosen so far comes back with what was found."""
    private()
    form = AreasForm.of(organisation, queries.areas_of(organisation))
    if form.validate_on_submit() and not form.only_looks:
        with form.refusals():
            services.set_areas(organisation, by=signed_in_person(), **form.values())
            flash(_("Changes saved."))
            return redirect_to("organisations.show", slug=organisation.slug)
    return page("organisations/areas.html", form=form, status=form.shown_status, organisation=organisation)

"""Networks from the inside: their texts and their coordinators."""

from flask import Response

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm
from portal.face.web import Pagination, flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import requires
from portal.membership import queries, services
from portal.membership.forms import (
    CoordinatorForm,
    NetworkEditForm,
    NetworkForm,
    TranslateNetworkForm,
)
from portal.membership.models import Network, NetworkRole
from portal.membership.policies import Permission
from portal.membership.views.blueprint import bp
from portal.questions.views import written_language
from portal.words.i18n import _, current_language

METHODS = ["GET", "POST"]


@bp.route("/networks/new", methods=METHODS)
@requires(Permission.CREATE_NETWORK)
def new() -> Response:
    form = NetworkForm()
    if form.validate_on_submit():
        with form.refusals():
            network = services.create_network(language=current_language(), by=signed_in_person(), **form.values())
            flash(_("Network created. Now say who coordinates it."))
            return redirect_to("membership.coordinators", slug=network.slug)
    return page("membership/new.html", form=form)


@bp.route("/networks/<slug:slug>/edit", methods=METHODS)
@requires(Permission.EDIT_NETWORK, on=queries.network_by_slug)
def edit(network: Network) -> Response:
    language = written_language(network.name)
    form = (NetworkEditForm if language == network.name.original else TranslateNetworkForm).on(network, language)
    if form.validate_on_submit():
        with form.refusals():
            services.update_network(network, language=language, by=signed_in_person(), **form.values())
            flash(_("Changes saved."))
            return redirect_to("membership.edit", slug=network.slug, text=language)
    return page("membership/edit.html", form=form, network=network, language=language)


@bp.route("/networks/<slug:slug>/coordinators", methods=METHODS)
@requires(Permission.MANAGE_COORDINATORS, on=queries.network_by_slug)
def coordinators(network: Network) -> Response:
    private()
    form, slug = CoordinatorForm(), network.slug
    if form.validate_on_submit():
        with form.refusals():
            services.grant_coordinator(slug, str(form.email.data), by=signed_in_person())
            flash(_("This person coordinates the network from now on."))
            return redirect_to("membership.coordinators", slug=slug)
    pages, roles = Pagination.of_rows(queries.coordinator_roles(network.id))
    earlier, ended = Pagination.of_rows(queries.coordinator_roles(network.id, ended=True), name="earlier")
    return page(
        "membership/coordinators.html",
        form=form,
        network=network,
        roles=roles,
        pages=pages,
        ended=ended,
        earlier=earlier,
        action=ActionForm(),
    )


@bp.post("/networks/<slug:slug>/coordinators/<int:number>/end")
@requires(Permission.END_COORDINATOR, on=queries.coordinator_role)
def end_coordinator(role: NetworkRole) -> Response:
    slug = role.network.slug
    if ActionForm().validate_on_submit():
        services.end_coordinator(role, by=signed_in_person())
        flash(_("This person no longer coordinates the network."))
    return redirect_to("membership.coordinators", slug=slug)

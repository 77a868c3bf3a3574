"""Organisations that give micro-grants, named and ended by the portal team."""

from flask import Response

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm
from portal.face.web import Pagination, flash, page, redirect_to
from portal.face.web.answers import private
from portal.grants import queries, services
from portal.grants.models import Operator
from portal.grants.policies import Permission
from portal.grants.views.blueprint import bp
from portal.ground.authz import requires
from portal.organisations import queries as organisations
from portal.organisations.models import Organisation
from portal.words.i18n import _

METHODS = ["GET", "POST"]


@bp.get("/grants/operators")
@requires(Permission.SEE_OPERATORS)
def index_of_operators() -> Response:
    """All that ever were, those of today first."""
    private()
    pages = Pagination.of_request(queries.number_of_operators())
    shown = queries.operators(offset=pages.offset, limit=pages.size)
    return page("grants/operators.html", operators=shown, pages=pages)


@bp.route("/organisations/<slug:slug>/operator", methods=METHODS)
@requires(Permission.NAME_OPERATOR, on=organisations.by_slug)
def name_operator(organisation: Organisation) -> Response:
    private()
    form, slug = ActionForm(), organisation.slug
    if form.validate_on_submit():
        with form.refusals():
            services.name_operator(organisation, by=signed_in_person())
            flash(_("The organisation is an operator of micro-grants now. Its profile says so."))
            return redirect_to("organisations.show", slug=slug)
    return page("grants/name_operator.html", form=form, organisation=organisations.by_slug(slug) or organisation)


@bp.route("/grants/operators/<int(max=999999999):number>/end", methods=METHODS)
@requires(Permission.END_OPERATOR, on=queries.operator_by_number)
def end_operator(operator: Operator) -> Response:
    private()
    form, number = ActionForm(), operator.id
    if form.validate_on_submit():
        with form.refusals():
            services.end_operator(operator, by=signed_in_person())
            flash(_("The organisation opens no more calls. Those that are public stay as they are."))
            return redirect_to("grants.index_of_operators")
    return page("grants/end_operator.html", form=form, operator=queries.operator_by_number(number) or operator)

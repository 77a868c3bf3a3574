"""Who runs the portal: said by the portal team, read in the statements."""

from flask import Response, url_for

from portal.accounts.models import Person
from portal.accounts.session import signed_in_person
from portal.declaration import Panel, PanelLink
from portal.face.web import flash, page, private, redirect_to
from portal.ground.authz import can, requires
from portal.pages import queries, services
from portal.pages.forms import OperatorForm
from portal.pages.models import WRITES
from portal.pages.policies import Permission
from portal.pages.views.blueprint import bp
from portal.words.i18n import DEFAULT_LANGUAGE, _, _l, written


def home_panel(person: Person) -> Panel | None:
    """On the page of the account of the portal team."""
    if not can(Permission.EDIT_OPERATOR, person=person):
        return None
    note = "" if queries.operator() else _l("not said yet")
    return Panel(_l("About the portal"), (PanelLink(_l("Who runs the portal"), url_for("pages.operator"), note),))


@bp.route("/operator", methods=["GET", "POST"])
@requires(Permission.EDIT_OPERATOR)
def operator() -> Response:
    private()
    known = queries.operator()
    form = OperatorForm.on(known, DEFAULT_LANGUAGE) if known else OperatorForm()
    if form.validate_on_submit():
        with form.refusals():
            services.describe_operator(by=signed_in_person(), **form.values())
            flash(_("Changes saved."))
            return redirect_to("pages.operator")
    access = form["office_access"]
    access.render_kw = {"lang": written(access.data or "", WRITES).lang}
    return page("pages/operator.html", form=form)

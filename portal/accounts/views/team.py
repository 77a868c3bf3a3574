"""The portal team: who is in it, and who decides about that."""

from flask import Response, url_for

from portal.accounts import queries, services
from portal.accounts.forms import AddressForm
from portal.accounts.models import Person
from portal.accounts.policies import Permission, is_administrator
from portal.accounts.session import signed_in_person
from portal.accounts.views.blueprint import bp
from portal.accounts.views.freshness import fresh, fresh_or
from portal.declaration import Panel, PanelLink
from portal.face.forms import ActionForm
from portal.face.web import flash, page, private, redirect_to
from portal.ground.authz import requires
from portal.words.i18n import _, _l


def team_panel(person: Person) -> Panel | None:
    """What the portal team finds on its own page."""
    if not is_administrator(person):
        return None
    return Panel(_l("Portal team"), (PanelLink(_l("People of the portal team"), url_for("accounts.team")),))


@bp.route("/team", methods=["GET", "POST"])
@requires(Permission.MANAGE_TEAM)
@fresh
def team() -> Response:
    """The portal team, and the form that takes somebody in."""
    private()
    form = AddressForm()
    if form.validate_on_submit():
        with form.refusals():
            services.grant_administrator(address=form.email.data, by=signed_in_person())
            flash(_("The portal team has a new person."))
            return redirect_to("accounts.team")
    return page("accounts/team.html", form=form, people=queries.administrators(), action=ActionForm(formdata=None))


@bp.post("/team/<int:person_id>/end")
@requires(Permission.MANAGE_TEAM, on=queries.person_by_id)
@fresh_or(back="accounts.team")
def end_role(person: Person) -> Response:
    """Let somebody leave the portal team."""
    form = ActionForm()
    if form.validate_on_submit():
        with form.refusals():
            services.end_administrator(person.id, by=signed_in_person())
            flash(_("The role in the portal team has ended."))
            return redirect_to("accounts.team")
    empty = AddressForm(formdata=None)
    return page(
        "accounts/team.html", form=form, add=empty, people=queries.administrators(), action=ActionForm(formdata=None)
    )

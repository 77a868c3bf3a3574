"""Who works on an event, and who makes it so."""

from flask import Response

from portal.accounts.session import signed_in_person
from portal.events import queries, services
from portal.events.forms import RoleForm
from portal.events.models import Event, EventRole
from portal.events.policies import Permission
from portal.events.views.blueprint import bp
from portal.events.words import DUTIES
from portal.face.forms import ActionForm
from portal.face.web import Pagination, flash, page, private, redirect_to
from portal.ground.authz import can, requires
from portal.membership.publishers import publisher_of
from portal.words.i18n import _


@bp.route("/events/<slug:slug>/team", methods=["GET", "POST"])
@requires(Permission.MANAGE_TEAM, on=queries.by_slug)
def team(event: Event) -> Response:
    private()
    form, slug = RoleForm(), event.slug
    if form.validate_on_submit():
        with form.refusals():
            services.grant_role(event, address=str(form.email.data), role=str(form.role.data), by=signed_in_person())
            flash(_("This person is on the team from now on."))
            return redirect_to("events.team", slug=slug)
    event = queries.by_slug(slug) or event
    pages, roles = Pagination.of_rows(queries.team(event.id))
    earlier, ended = Pagination.of_rows(queries.team(event.id, ended=True), name="earlier")
    return page(
        "events/team.html", form=form, event=event, host=publisher_of(event), roles=roles, pages=pages, ended=ended,
        earlier=earlier, action=ActionForm(), duties=DUTIES,
    )  # fmt: skip


@bp.post("/events/<slug:slug>/team/<int:number>/end")
@requires(Permission.END_ROLE, on=queries.team_role)
def end_role(role: EventRole) -> Response:
    slug = role.event.slug
    if ActionForm().validate_on_submit():
        services.end_role(role, by=signed_in_person())
        flash(_("This person no longer does this for the event."))
    event = queries.by_slug(slug)  # whoever has ended the own role may have nothing to do here any more
    if event is not None and can(Permission.MANAGE_TEAM, event):
        return redirect_to("events.team", slug=slug)
    return redirect_to("accounts.home")

"""The people of an organisation: invited, there, gone."""

from flask import Response, url_for

from portal.accounts.models import Person
from portal.accounts.session import current_person, signed_in_person
from portal.declaration import Panel, PanelLink
from portal.face.forms import ActionForm
from portal.face.web import Pagination, client_ip, flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground import limits
from portal.ground.authz import by_link, requires, signed_in
from portal.ground.errors import Refusal
from portal.ground.links import LinkToken
from portal.organisations import queries, services
from portal.organisations.forms import InvitationForm
from portal.organisations.models import Invitation, Organisation, OrganisationRole
from portal.organisations.policies import Permission
from portal.organisations.views.blueprint import bp
from portal.words.i18n import _, current_language
from portal.words.vocabularies import label

METHODS = ["GET", "POST"]
PAGE = 30
LATEST = 6  # on the page of the account


def home_panel(person: Person) -> Panel:
    """On the person's own page: the organisations that they look after."""
    rows = queries.mine(person)[:LATEST]
    links = [
        PanelLink(
            organisation.name,
            url_for("organisations.show", slug=organisation.slug),
            label("org_status", organisation.status),
        )
        for organisation, _roles in rows
    ]
    ways = [PanelLink(_("My organisations and what to do next"), url_for("organisations.mine"))] if rows else []
    add = PanelLink(_("Add an organisation"), url_for("organisations.new"))
    return Panel(_("My organisations"), (*links, *ways, add), place=0 if rows else 1)


@bp.get("/mine")
@signed_in
def mine() -> Response:
    private()
    pages, rows = Pagination.of_rows(queries.mine(signed_in_person()), PAGE)
    return page("organisations/mine.html", rows=rows, pages=pages, action=ActionForm())


@bp.route("/<slug:slug>/people", methods=METHODS)
@requires(Permission.MANAGE_PEOPLE, on=queries.by_slug)
def people(organisation: Organisation) -> Response:
    private()
    form = InvitationForm()
    if form.validate_on_submit():
        with form.refusals():
            limits.check("mail", address=form.email.data, ip=client_ip())
            services.invite(organisation, by=signed_in_person(), language=current_language(), **form.values())
            flash(_("Invitation sent to: %(email)s", email=form.email.data))
            return redirect_to("organisations.people", slug=organisation.slug)
    pages, people = Pagination.of_rows(queries.people_of(organisation))
    asked, invitations = Pagination.of_rows(queries.open_invitations(organisation), name="invitations")
    return page(
        "organisations/people.html",
        form=form,
        action=ActionForm(),
        organisation=organisation,
        people=people,
        pages=pages,
        invitations=invitations,
        asked=asked,
        left=queries.invitations_left(signed_in_person().id),
    )


@bp.post("/<slug:slug>/invitations/<int:number>/revoke")
@requires(Permission.REVOKE_INVITATION, on=queries.invitation)
def revoke_invitation(invitation: Invitation) -> Response:
    slug = invitation.organisation.slug
    if ActionForm().validate_on_submit():
        services.revoke_invitation(invitation, by=signed_in_person())
        flash(_("Invitation withdrawn."))
    return redirect_to("organisations.people", slug=slug)


@bp.post("/<slug:slug>/roles/<int:number>/end")
@requires(Permission.END_ROLE, on=queries.open_role)
def end_role(role: OrganisationRole) -> Response:
    person, slug, own = signed_in_person(), role.organisation.slug, role.person_id == signed_in_person().id
    if ActionForm().validate_on_submit():
        try:
            services.end_role(role, by=person)
            flash(_("Role ended."))
        except Refusal as refusal:
            flash(str(refusal.reason), "error")
    return redirect_to("organisations.mine") if own else redirect_to("organisations.people", slug=slug)


@bp.route("/invitations/<token>", methods=METHODS)
@by_link(services.INVITATION, on=queries.invitation_of)
def invitation(invitation: Invitation, link: LinkToken) -> Response:
    form, person = ActionForm(), current_person()
    organisation = queries.by_number(invitation.organisation_id)
    if person is not None and form.validate_on_submit():
        with form.refusals():
            services.accept_invitation(invitation, by=person)
            flash(_("Invitation accepted. The profile is open to you now."))
            return redirect_to("organisations.mine")
    return page("organisations/invitation.html", form=form, invitation=invitation, organisation=organisation)

"""People whom a profile shows: asked by its owners, answered by a link."""

from flask import Response, request

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm
from portal.face.web import client_ip, flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground import limits
from portal.ground.authz import by_link, requires
from portal.ground.errors import Refusal
from portal.ground.links import LinkToken
from portal.organisations import queries, services
from portal.organisations.forms import ListForm
from portal.organisations.models import ListedPerson, Organisation
from portal.organisations.policies import Permission
from portal.organisations.views.blueprint import bp
from portal.words.i18n import _, current_language


@bp.route("/<slug:slug>/people/listed", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE, on=queries.by_slug)
def listed(organisation: Organisation) -> Response:
    private()
    form = ListForm()
    if form.validate_on_submit():
        with form.refusals():
            limits.check("mail", address=form.email.data, ip=client_ip())
            services.list_person(organisation, by=signed_in_person(), language=current_language(), **form.values())
            flash(_("The person was asked by e-mail. The profile shows them once they agree."))
            return redirect_to("organisations.listed", slug=organisation.slug)
    return page(
        "organisations/listed.html", form=form, organisation=organisation, action=ActionForm(),
        listed=queries.listed_of(organisation),
    )  # fmt: skip


@bp.post("/<slug:slug>/people/listed/<int:number>/remove")
@requires(Permission.UNLIST, on=queries.listed_by_number)
def unlist(entry: ListedPerson) -> Response:
    slug = entry.organisation.slug
    if ActionForm().validate_on_submit():
        try:
            services.unlist(entry, by=signed_in_person())
            flash(_("The profile does not show this person any more."))
        except Refusal as refusal:
            flash(str(refusal.reason), "error")
    return redirect_to("organisations.listed", slug=slug)


@bp.route("/listed/<token>", methods=["GET", "POST"])
@by_link(services.LISTED, on=queries.listed_of_link)
def listed_entry(entry: ListedPerson, link: LinkToken) -> Response:
    """What the profile would show of the person, and both answers; later, taking it back."""
    form, organisation = ActionForm(), entry.organisation
    if form.validate_on_submit():
        with form.refusals():
            if request.form.get("answer") == "yes":
                services.confirm_listed(entry)
                flash(_("Thank you. The profile shows your entry now."))
                return redirect_to("organisations.listed_entry", token=(request.view_args or {})["token"])
            services.take_off(entry)
            flash(_("Your entry is deleted. The profile does not show you."))
            return redirect_to("organisations.index")
    _version, words = services.LISTED_WORDS
    return page(
        "organisations/listed_entry.html", form=form, entry=entry, organisation=organisation, words=words
    )  # fmt: skip

"""Partners of a project: the list of those who look after it, and the answer of those who are named."""

from flask import Response

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm
from portal.face.web import flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import requires
from portal.organisations import queries as organisations
from portal.projects import queries, services
from portal.projects.forms import AnswerPartnershipForm, PartnerForm
from portal.projects.models import PartnerStatus, Project, ProjectPartner
from portal.projects.policies import Permission
from portal.projects.views.blueprint import bp
from portal.words.i18n import _

METHODS = ["GET", "POST"]


@bp.route("/projects/<slug:slug>/partners", methods=METHODS)
@requires(Permission.EDIT, on=queries.by_slug)
def partners(project: Project) -> Response:
    private()
    form, slug = PartnerForm(), project.slug
    if form.validate_on_submit():
        with form.refusals():
            services.ask_partner(project, organisations.by_slug(form.slug), by=signed_in_person())
            flash(_("The owners and editors of the organisation get an e-mail with the question."))
            return redirect_to("projects.partners", slug=slug)
    project = queries.by_slug(slug) or project
    return page("projects/partners.html", form=form, project=project, named=queries.partners_of(project.id))


@bp.route("/projects/<slug:slug>/partners/<int(max=999999999):number>/remove", methods=METHODS)
@requires(Permission.REMOVE_PARTNER, on=queries.partner_at, see=Permission.REMOVE_PARTNER)
def remove_partner(partner: ProjectPartner) -> Response:
    private()
    form, slug, number = ActionForm(), partner.project.slug, partner.id
    if form.validate_on_submit():
        with form.refusals():
            services.remove_partner(partner, by=signed_in_person())
            flash(_("The organisation is no longer named as a partner."))
            return redirect_to("projects.partners", slug=slug)
    return page("projects/remove_partner.html", form=form, partner=queries.partner_at(slug, number) or partner)


@bp.route("/projects/<slug:slug>/partners/<int(max=999999999):number>", methods=METHODS)
@requires(Permission.ANSWER, on=queries.partner_at)
def answer(partner: ProjectPartner) -> Response:
    """The question to the organisation that is named; the answer can be changed later."""
    private()
    slug, number = partner.project.slug, partner.id
    form = AnswerPartnershipForm(data={"answer": None if partner.status == PartnerStatus.ASKED else partner.status})
    if form.validate_on_submit():
        with form.refusals():
            if form.answer.data == PartnerStatus.ACCEPTED:
                services.accept_partnership(partner, by=signed_in_person())
            else:
                services.refuse_partnership(partner, by=signed_in_person())
            flash(_("Answer saved."))
            return redirect_to("projects.answer", slug=slug, number=number)
    return page("projects/answer.html", form=form, partner=queries.partner_at(slug, number) or partner)

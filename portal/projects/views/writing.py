"""Making a card, writing it section by section, putting it on the site and taking it off."""

from flask import Response, abort, request

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm
from portal.face.web import Pagination, flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import requires
from portal.membership.publishers import PUBLISHERS
from portal.organisations import queries as organisations
from portal.organisations.models import Organisation
from portal.projects import forms, queries, services, words
from portal.projects.fields import SECTIONS
from portal.projects.models import PartnerStatus, Project
from portal.projects.policies import Permission
from portal.projects.views.blueprint import bp
from portal.words.fields import Kind
from portal.words.i18n import LANGUAGES, _, current_language
from portal.words.vocabularies import language_name

METHODS = ["GET", "POST"]
PAGE = 50
BUTTONS = 12


@bp.get("/projects/mine")
@requires(Permission.SEE_OWN)
def mine() -> Response:
    person = signed_in_person()
    pages = Pagination.of_request(queries.number_of_own(person), PAGE)
    projects = queries.own(person, offset=pages.offset, limit=pages.size)
    own = organisations.organisations_of(person, PUBLISHERS)
    organisation_pages, begins = Pagination.of_rows(own, BUTTONS, "organisations")
    return page(
        "projects/mine.html", projects=projects, pages=pages, words=words, begins=begins,
        organisation_pages=organisation_pages,
    )  # fmt: skip


@bp.route("/organisations/<slug:slug>/projects/new", methods=METHODS)
@requires(Permission.CREATE, on=organisations.by_slug)
def new(organisation: Organisation) -> Response:
    form = forms.NewProjectForm(data={"language": current_language()})
    if form.validate_on_submit():
        with form.refusals():
            project = services.create_project(organisation=organisation, by=signed_in_person(), **form.values())
            flash(_("Draft saved."))
            return redirect_to("projects.manage", slug=project.slug)
    return page("projects/new.html", form=form, organisation=organisation)


@bp.get("/projects/<slug:slug>/manage")
@requires(Permission.MANAGE, on=queries.by_slug)
def manage(project: Project) -> Response:
    """All that can be written and settled about a project, with what is there and what is missing."""
    private()
    parts = [
        (
            one,
            [field.label for field in one.fields if getattr(project, field.stored)],
            [field.label for field in one.fields if not getattr(project, field.stored)],
        )
        for one in SECTIONS
    ]
    refused = [one for one in queries.partners_of(project.id) if one.status == PartnerStatus.REFUSED]
    return page("projects/manage.html", project=project, parts=parts, refused=refused, words=words)


def _with_section(slug: str, section: str) -> Project | None:
    """The project, if its card has this section."""
    return queries.by_slug(slug) if section in {one.code for one in SECTIONS} else None


@bp.route("/projects/<slug:slug>/edit/<section>", methods=METHODS)
@requires(Permission.EDIT, on=_with_section)
def edit(project: Project) -> Response:
    private()
    slug, code = project.slug, (request.view_args or {})["section"]
    section = next(one for one in SECTIONS if one.code == code)
    form = forms.EditProjectForm.of(project, section)
    if form.validate_on_submit():
        with form.refusals():
            services.update_project(project, by=signed_in_person(), **form.values())
            flash(_("Changes saved."))
            return redirect_to("projects.manage", slug=slug)
    return page(
        "projects/edit.html", form=form, project=queries.by_slug(slug) or project, section=section,
        is_rich=any(field.kind is Kind.RICH for field in form.fields),
        has_texts=any(field.translated for field in form.fields),
    )  # fmt: skip


@bp.route("/projects/<slug:slug>/translate", methods=METHODS)
@requires(Permission.TRANSLATE, on=queries.by_slug)
def translate(project: Project) -> Response:
    private()
    slug, code = project.slug, request.args.get("to", "")
    if code not in LANGUAGES or code == project.title.original:
        abort(404)
    form = forms.TranslateProjectForm.on(project, code)
    if form.validate_on_submit():
        with form.refusals():
            services.translate_project(project, language=code, by=signed_in_person(), **form.values())
            flash(_("Translation saved: %(language)s", language=language_name(code)))
            return redirect_to("projects.manage", slug=slug)
    return page("projects/translate.html", form=form, project=queries.by_slug(slug) or project, code=code)


@bp.route("/projects/<slug:slug>/publish", methods=METHODS)
@requires(Permission.PUBLISH, on=queries.by_slug)
def publish(project: Project) -> Response:
    form, slug = ActionForm(), project.slug
    if form.validate_on_submit():
        with form.refusals():
            services.publish_project(project, by=signed_in_person())
            flash(_("The card is public."))
            return redirect_to("projects.show", slug=slug)
    return page("projects/publish.html", form=form, project=queries.by_slug(slug) or project, words=words)


@bp.route("/projects/<slug:slug>/withdraw", methods=METHODS)
@requires(Permission.WITHDRAW, on=queries.by_slug)
def withdraw(project: Project) -> Response:
    form, slug = ActionForm(), project.slug
    if form.validate_on_submit():
        with form.refusals():
            services.withdraw_project(project, by=signed_in_person())
            flash(_("The card is off the site. It can come back at any time."))
            return redirect_to("projects.manage", slug=slug)
    return page("projects/withdraw.html", form=form, project=queries.by_slug(slug) or project)


@bp.route("/projects/<slug:slug>/delete", methods=METHODS)
@requires(Permission.DELETE, on=queries.by_slug)
def delete(project: Project) -> Response:
    form, slug = ActionForm(), project.slug
    if form.validate_on_submit():
        with form.refusals():
            services.delete_project(project, by=signed_in_person())
            flash(_("Draft deleted."))
            return redirect_to("projects.mine")
    return page("projects/delete.html", form=form, project=queries.by_slug(slug) or project)

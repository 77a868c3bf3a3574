"""The documents of a project: the pages of those who look after it, and each file for whoever may read it."""

from flask import Response

from portal.accounts.session import signed_in_person
from portal.documents.files import answer_with
from portal.documents.services import MOST_BYTES
from portal.face.forms import ActionForm, Form
from portal.face.web import flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import requires
from portal.organisations.models import Visibility
from portal.projects import queries, services
from portal.projects.document_fields import WHO_SEES
from portal.projects.document_forms import ProjectDocumentEditForm, ProjectDocumentForm
from portal.projects.models import Project, ProjectDocument
from portal.projects.policies import Permission
from portal.projects.services.documents import GONE, MOST_DOCUMENTS
from portal.projects.views.blueprint import bp
from portal.words.i18n import _

METHODS = ["GET", "POST"]
AT = "/projects/<slug:slug>/documents"
NUMBER = "<int(max=999999999):number>"


@bp.get(AT)
@requires(Permission.EDIT, on=queries.by_slug)
def documents(project: Project) -> Response:
    """All of them, whoever sees each."""
    private()
    return page(
        "projects/documents.html", project=project, documents=queries.documents_of(project.id), who_sees=WHO_SEES,
        most=MOST_DOCUMENTS,
    )  # fmt: skip


@bp.route(f"{AT}/new", methods=METHODS)
@requires(Permission.EDIT, on=queries.by_slug)
def new_document(project: Project) -> Response:
    private()
    slug = project.slug
    form = ProjectDocumentForm(data={"language": project.title.original, "visibility": Visibility.PUBLIC})
    if form.validate_on_submit():
        with form.refusals():
            services.add_document(project, by=signed_in_person(), **form.values())
            flash(_("Document added."))
            return redirect_to("projects.documents", slug=slug)
    return page("projects/new_document.html", form=form, project=queries.by_slug(slug) or project, most=MOST_BYTES)


@bp.route(f"{AT}/{NUMBER}/edit", methods=METHODS)
@requires(Permission.CHANGE_DOCUMENT, on=queries.document_at, see=Permission.CHANGE_DOCUMENT)
def edit_document(held: ProjectDocument) -> Response:
    private()
    slug, number = held.project.slug, held.document_id
    form = ProjectDocumentEditForm.on(held.document, held.project.title.original)
    if form.validate_on_submit():
        with form.refusals():
            services.change_document(held, by=signed_in_person(), **form.values())
            flash(_("Changes saved."))
            return redirect_to("projects.documents", slug=slug)
    return _about(slug, number, "projects/edit_document.html", form)


@bp.route(f"{AT}/{NUMBER}/remove", methods=METHODS)
@requires(Permission.CHANGE_DOCUMENT, on=queries.document_at, see=Permission.CHANGE_DOCUMENT)
def remove_document(held: ProjectDocument) -> Response:
    private()
    form, slug, number = ActionForm(), held.project.slug, held.document_id
    if form.validate_on_submit():
        with form.refusals():
            services.remove_document(held, by=signed_in_person())
            flash(_("Document removed."))
            return redirect_to("projects.documents", slug=slug)
    return _about(slug, number, "projects/remove_document.html", form)


def _about(slug: str, number: int, template: str, form: Form) -> Response:
    """A page about a document as it is stored now: a refusal has let go of what was read before it."""
    held = queries.document_at(slug, number)
    if held is None:
        flash(str(GONE), "note")
        return redirect_to("projects.documents", slug=slug)
    return page(template, form=form, project=held.project, document=held.document, most=MOST_BYTES)


@bp.get(f"{AT}/{NUMBER}.pdf")
@requires(Permission.READ_DOCUMENT, on=queries.document_at)
def document_file(held: ProjectDocument) -> Response:
    """The file. What everybody sees may be kept on its way, anything else never."""
    is_public = held.document.visibility == Visibility.PUBLIC and queries.is_public(held.project)
    return answer_with(held.document, is_public=is_public)

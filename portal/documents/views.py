"""The documents of an organisation: the page of those who write them, and each file for whoever may read it."""

from collections.abc import Sequence

from flask import Blueprint, Response, url_for

from portal.accounts.session import signed_in_person
from portal.documents import queries, services
from portal.documents.files import answer_with
from portal.documents.forms import DocumentEditForm, DocumentForm
from portal.documents.models import OrganisationDocument
from portal.documents.policies import Permission
from portal.face.forms import ActionForm, Form
from portal.face.look import ProfilePart
from portal.face.web import flash, page, private, redirect_to
from portal.ground.authz import can, requires
from portal.organisations import queries as organisations
from portal.organisations.models import PUBLIC, Organisation, Visibility
from portal.words.i18n import _
from portal.words.vocabularies import label

bp = Blueprint("documents", __name__, url_prefix="/organisations/<slug:slug>/documents")
METHODS = ["GET", "POST"]


@bp.get("")
@requires(Permission.MANAGE, on=organisations.by_slug)
def of_organisation(organisation: Organisation) -> Response:
    private()
    return page(
        "documents/of_organisation.html", organisation=organisation, documents=queries.documents_of(organisation),
        most=services.MOST_DOCUMENTS,
    )  # fmt: skip


@bp.route("/new", methods=METHODS)
@requires(Permission.MANAGE, on=organisations.by_slug)
def new(organisation: Organisation) -> Response:
    private()
    form, slug = (
        DocumentForm(data={"language": organisation.name.original, "visibility": Visibility.PUBLIC}),
        organisation.slug,
    )
    if form.validate_on_submit():
        with form.refusals():
            services.add(organisation, by=signed_in_person(), **form.values())
            flash(_("Document added."))
            return redirect_to("documents.of_organisation", slug=slug)
    return page("documents/new.html", form=form, organisation=organisation, most=services.MOST_BYTES)


@bp.route("/<int:number>/edit", methods=METHODS)
@requires(Permission.CHANGE, on=queries.document_at)
def edit(held: OrganisationDocument) -> Response:
    private()
    slug, number, original = held.organisation.slug, held.document_id, held.organisation.name.original
    form = DocumentEditForm.on(held.document, original)
    if form.validate_on_submit():
        with form.refusals():
            services.change(held, by=signed_in_person(), **form.values())
            flash(_("Changes saved."))
            return redirect_to("documents.of_organisation", slug=slug)
    return _about(slug, number, "documents/edit.html", form)


@bp.route("/<int:number>/remove", methods=METHODS)
@requires(Permission.CHANGE, on=queries.document_at)
def remove(held: OrganisationDocument) -> Response:
    private()
    form, slug, number = ActionForm(), held.organisation.slug, held.document_id
    if form.validate_on_submit():
        with form.refusals():
            services.remove(held, by=signed_in_person())
            flash(_("Document removed."))
            return redirect_to("documents.of_organisation", slug=slug)
    return _about(slug, number, "documents/remove.html", form)


def _about(slug: str, number: int, template: str, form: Form) -> Response:
    """A page about a document as it is stored now: a refusal has let go of what was read before it."""
    held = queries.document_at(slug, number)
    if held is None:
        flash(str(services.GONE), "note")
        return redirect_to("documents.of_organisation", slug=slug)
    return page(
        template, form=form, organisation=held.organisation, document=held.document, most=services.MOST_BYTES
    )  # fmt: skip


@bp.get("/<int:number>.pdf")
@requires(Permission.READ, on=queries.document_at)
def read(held: OrganisationDocument) -> Response:
    """The file. What everybody sees may be kept on its way, anything else never."""
    document = held.document
    is_public = document.visibility == Visibility.PUBLIC and held.organisation.status in PUBLIC
    return answer_with(document, is_public=is_public)


def profile_parts(organisation: Organisation) -> Sequence[ProfilePart]:
    """Its line in the overview of a profile."""
    if not can(Permission.MANAGE, organisation):
        return ()
    kinds = [label("document_type", kind) for kind in queries.kinds_of_documents(organisation)]
    says = "" if kinds else _("Statute, reports and other papers, each for those who may see it")
    url = url_for("documents.of_organisation", slug=organisation.slug)
    return [ProfilePart(_("Documents"), url, place=17, filled=kinds, says=says)]

"""What a card said before: who changed what, side by side, and the way back."""

from flask import Response, abort, request

from portal.accounts.session import signed_in_person
from portal.face.web import Pagination, flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import requires
from portal.projects import queries, services
from portal.projects.forms import BringBackForm
from portal.projects.history import PROJECT_HISTORY
from portal.projects.models import Project
from portal.projects.policies import Permission
from portal.projects.views.blueprint import bp
from portal.revisions import queries as revisions
from portal.revisions.differences import changes
from portal.revisions.models import Revision
from portal.words.i18n import _

PAGE = 30


@bp.get("/projects/<slug:slug>/history")
@requires(Permission.MANAGE, on=queries.by_slug)
def history(project: Project) -> Response:
    private()
    pages = Pagination.of_request(revisions.count(PROJECT_HISTORY.kind, project.id), PAGE)
    rows = revisions.listed(PROJECT_HISTORY.kind, project.id, offset=pages.offset, limit=PAGE)
    return page("projects/history.html", project=project, rows=rows, pages=pages)


def _with_version(slug: str, number: int) -> Project | None:
    """The project, if this version of its card is kept."""
    project = queries.by_slug(slug)
    return project if project and revisions.revision(PROJECT_HISTORY.kind, project.id, number) else None


@bp.get("/projects/<slug:slug>/history/<int(max=999999999):number>")
@requires(Permission.MANAGE, on=_with_version)
def version(project: Project) -> Response:
    """What this version changed."""
    private()
    kept = _asked(project)
    former = revisions.before(kept)
    return page(
        "projects/version.html", project=project, kept=kept, former=former,
        made=changes(PROJECT_HISTORY, {} if former is None else former.data, kept.data),
        is_today=not PROJECT_HISTORY.differ(kept.data, PROJECT_HISTORY.snapshot(project)),
    )  # fmt: skip


@bp.route("/projects/<slug:slug>/history/<int(max=999999999):number>/restore", methods=["GET", "POST"])
@requires(Permission.EDIT, on=_with_version)
def restore_version(project: Project) -> Response:
    """What it would change today."""
    private()
    slug, kept, form = project.slug, _asked(project), BringBackForm(data={"version": project.row_version})
    if form.validate_on_submit():
        with form.refusals():
            services.restore_version(project, n=kept.n, version=form.seen, by=signed_in_person())
            flash(_("This version is back. It stands in the history as a new one."))
            return redirect_to("projects.manage", slug=slug)
    project = queries.by_slug(slug) or project
    today = PROJECT_HISTORY.snapshot(project)
    back = changes(PROJECT_HISTORY, today, today | kept.data)
    return page("projects/restore_version.html", form=form, project=project, kept=_asked(project), back=back)


def _asked(project: Project) -> Revision:
    kept = revisions.revision(PROJECT_HISTORY.kind, project.id, (request.view_args or {})["number"])
    return kept or abort(404)

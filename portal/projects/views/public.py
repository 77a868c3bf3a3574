"""Projects as everybody sees them."""

from flask import Response

from portal.face.web import Pagination, page
from portal.ground.authz import public, requires
from portal.impact import queries as impact
from portal.projects import queries, words
from portal.projects.fields import STORY_PARTS
from portal.projects.models import PartnerStatus, Project
from portal.projects.policies import Permission
from portal.projects.views.blueprint import bp

PAGE = 20


@bp.get("/projects")
@public
def index() -> Response:
    """All cards that everybody can read."""
    pages = Pagination.of_request(queries.number_public(), PAGE)
    found = queries.public(offset=pages.offset, limit=pages.size)
    return page("projects/index.html", projects=found, pages=pages, words=words)


@bp.get("/projects/<slug:slug>")
@requires(Permission.SEE, on=queries.by_slug)
def show(project: Project) -> Response:
    named = queries.accepted_partners(project.id)
    return page(
        "projects/show.html", project=project, named=named, accepted=PartnerStatus.ACCEPTED, words=words,
        figures=impact.figures_told(project), counted=impact.number_counted(project.id),
        reports=impact.reports_of(project.id)[:3],
        story=[(part.label, getattr(project, part.stored)) for part in STORY_PARTS],
        languages=project.title.languages,
    )  # fmt: skip

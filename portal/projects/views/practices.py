"""Good practices: what a project did, told so that others can do it too."""

from flask import Response

from portal.face.web import Pagination, page
from portal.ground.authz import public, requires
from portal.projects import queries
from portal.projects.fields import PRACTICE_PARTS
from portal.projects.models import Project
from portal.projects.policies import Permission
from portal.projects.views.blueprint import bp

PAGE = 20


@bp.get("/good-practices")
@public
def practices() -> Response:
    """Those of public cards, the last published first."""
    pages = Pagination.of_request(queries.number_of_practices(), PAGE)
    return page(
        "projects/practices.html", pages=pages, projects=queries.practices(offset=pages.offset, limit=pages.size)
    )


def _with_practice(slug: str) -> Project | None:
    """The project, if it tells of a good practice."""
    project = queries.by_slug(slug)
    return project if project is not None and project.has_practice else None


@bp.get("/projects/<slug:slug>/good-practice")
@requires(Permission.SEE, on=_with_practice)
def practice(project: Project) -> Response:
    """Whoever may open the card."""
    return page(
        "projects/practice.html", project=project, languages=project.practice.languages,
        parts=[(part.label, getattr(project, part.stored)) for part in PRACTICE_PARTS],
    )  # fmt: skip

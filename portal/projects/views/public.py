"""A project as everybody sees it."""

from flask import Response

from portal.face.web import page
from portal.ground.authz import requires
from portal.projects import queries, words
from portal.projects.fields import STORY_PARTS
from portal.projects.models import PartnerStatus, Project
from portal.projects.policies import Permission
from portal.projects.views.blueprint import bp


@bp.get("/projects/<slug:slug>")
@requires(Permission.SEE, on=queries.by_slug)
def show(project: Project) -> Response:
    named = queries.accepted_partners(project.id)
    return page(
        "projects/show.html", project=project, named=named, accepted=PartnerStatus.ACCEPTED, words=words,
        story=[(part.label, getattr(project, part.stored)) for part in STORY_PARTS],
        languages=project.title.languages,
    )  # fmt: skip

"""The Atom feed (RFC 4287) of new cards, one per language: each text in the language that it really has."""

import datetime as dt

from flask import Response, render_template

from portal.face.web import absolute_url
from portal.face.web.addresses import feed_tag
from portal.ground.authz import public
from portal.projects import queries
from portal.projects.models import Project
from portal.projects.views.blueprint import bp
from portal.words.i18n import current_language
from portal.words.vocabularies import term

ENTRIES = 30
NEVER = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@bp.get("/projects/feed.atom")
@public
def feed() -> Response:
    """The cards that were published last."""
    projects = queries.newest(ENTRIES)
    text = render_template(
        "projects/feed.xml", projects=projects, tag=feed_tag, changed=changed, absolute_url=absolute_url,
        language=current_language(), updated=max(map(changed, projects), default=NEVER),
        areas=lambda project: [term("area_of_support", code) for code in project.areas.split(",") if code],
    )  # fmt: skip
    return Response(text, mimetype="application/atom+xml")


def changed(project: Project) -> dt.datetime:
    """When readers last got something new: a card that was written before is new when it is published."""
    assert project.published_at is not None
    return max(project.updated_at, project.published_at).replace(microsecond=0)

"""Posts for tests, made through the services."""

from typing import Any

from portal.ground.authz import PORTAL
from portal.news import queries, services
from portal.news.models import Post
from portal.news.services import Cover
from tests.factories.organisations import make_organisation

NO_COVER = Cover()


def make_post(
    publisher: Any = None, *, state: str = "published", at: Any = None, language: str = "pl",
    cover: Cover = NO_COVER, by: Any = None, **texts: Any,
) -> Post:  # fmt: skip
    """A post in one language, brought to the state that is asked for; `at` is the wall time of a scheduled one.

    Written by the portal itself unless `by` somebody.
    """
    given = {
        "title": "Ławka przy płocie", "lead": "Jak powstała.", "body": "<p>Najpierw była rozmowa.</p>",
        "category": "news", **texts,
    }  # fmt: skip
    post = services.create_post(
        publisher=publisher or make_organisation(), language=language, cover=cover, by=by or PORTAL, **given
    )
    if state == "scheduled":
        services.schedule_post(post, at=at, by=by or PORTAL)
    elif state != "draft":
        services.publish_post(post, by=by or PORTAL)
    if state == "unpublished":
        services.unpublish_post(post, by=by or PORTAL)
    return fresh(post)


def fresh(post: Post) -> Post:
    """The post as it is in the database now, with its publisher."""
    found = queries.by_slug(post.slug)
    assert found is not None
    return found

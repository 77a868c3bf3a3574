"""Atom feeds (RFC 4287), one per language: every public post, each text in the language that it really has."""

import datetime as dt
from collections.abc import Sequence

from flask import Response, abort, render_template, request

from portal.face.web import absolute_url
from portal.face.web.addresses import feed_tag
from portal.ground.authz import public, requires
from portal.membership import queries as membership
from portal.membership.publishers import Publisher, publisher_of
from portal.news import queries
from portal.news.models import Post
from portal.news.queries import Filters
from portal.news.views.blueprint import bp
from portal.organisations import queries as organisations
from portal.organisations.models import Organisation
from portal.organisations.policies import Permission as OrganisationPermission
from portal.words.i18n import current_language

ENTRIES = 30
NEVER = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@bp.get("/news/feed.atom")
@public
def feed() -> Response:
    return _feed(queries.listed(limit=ENTRIES), page_url=absolute_url("news.index"))


@bp.get("/organisations/<slug:slug>/feed.atom")
@requires(OrganisationPermission.SEE, on=organisations.by_slug)
def organisation_feed(organisation: Organisation) -> Response:
    posts = queries.listed(Filters(organisation_id=organisation.id), limit=ENTRIES)
    return _feed(posts, page_url=absolute_url("news.of_organisation", slug=organisation.slug), publisher=organisation)


@bp.get("/networks/<slug:slug>/feed.atom")
@public
def network_feed(slug: str) -> Response:
    network = membership.network_by_slug(slug)
    if network is None:
        abort(404)
    posts = queries.listed(Filters(network_id=network.id), limit=ENTRIES)
    return _feed(posts, page_url=absolute_url("news.of_network", slug=slug), publisher=network)


def _feed(posts: Sequence[Post], *, page_url: str, publisher: Publisher | None = None) -> Response:
    self_url = absolute_url(request.endpoint or "news.feed", **(request.view_args or {}))
    updated = max((changed(post) for post in posts), default=NEVER)
    text = render_template(
        "news/feed.xml", posts=posts, publisher=publisher, page_url=page_url, self_url=self_url, updated=updated,
        tag=feed_tag, changed=changed, publisher_of=publisher_of, absolute_url=absolute_url, language=current_language(),
    )  # fmt: skip
    return Response(text, mimetype="application/atom+xml")


def changed(post: Post) -> dt.datetime:
    """When readers last got something new: a post that waited for its moment is new at that moment."""
    assert post.publish_at is not None
    return max(post.updated_at, post.publish_at).replace(microsecond=0)

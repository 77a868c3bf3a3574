"""The states of a post, and the one door between them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from portal.ground import audit, clock
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal
from portal.membership.models import Network
from portal.news import queries
from portal.news.findable import document
from portal.news.models import KIND, Post, PostStatus
from portal.news.publishers import Publisher, zone_of
from portal.organisations.models import Organisation, OrganisationStatus
from portal.words import search
from portal.words.i18n import LazyString, _l

TRANSITIONS: Mapping[str, frozenset[str]] = {
    PostStatus.DRAFT: frozenset({PostStatus.SCHEDULED, PostStatus.PUBLISHED}),
    PostStatus.SCHEDULED: frozenset({PostStatus.PUBLISHED, PostStatus.DRAFT}),
    PostStatus.PUBLISHED: frozenset({PostStatus.UNPUBLISHED}),
    PostStatus.UNPUBLISHED: frozenset({PostStatus.SCHEDULED, PostStatus.PUBLISHED}),
}
REFUSED: Mapping[str, LazyString] = {
    PostStatus.PUBLISHED: _l("This post is already public."),
    PostStatus.SCHEDULED: _l("Only a post that is not public can be scheduled."),
    PostStatus.DRAFT: _l("Only a scheduled post can become a draft again."),
    PostStatus.UNPUBLISHED: _l("This post is not public."),
}


def change_state(post: Post, to: PostStatus, *, by: Any, publish_at: dt.datetime | None = None) -> None:
    """The only door between states (inside a transaction, `post` under lock): date, search and audit follow."""
    if to not in TRANSITIONS[post.status]:
        raise Conflict(REFUSED[to])
    was, post.status = post.status, to
    if to in queries.SHOWN:
        post.publish_at = publish_at or post.publish_at or clock.now()
    if to == PostStatus.DRAFT:
        post.publish_at = None
    reindex(post)
    audit.record(f"post.{to}", post, detail={"was": was, "publish_at": post.publish_at}, actor=by)


def reindex(post: Post) -> None:
    """Keep search in step with what is public; whoever calls again for the same post changes nothing."""
    if post.status == PostStatus.PUBLISHED:
        search.index([document(post)])
    else:
        search.remove(KIND, post.id)


def follow_publisher(organisation_id: int, *, is_public: bool) -> None:
    """Let search find the public posts of an organisation, or no longer (inside a transaction)."""
    for post in queries.published_by(organisation_id):
        if is_public:
            search.index([document(post)])
        else:
            search.remove(KIND, post.id)


def locked_post(number: int) -> Post:
    with transaction() as session:
        post = session.get(Post, number, with_for_update=True, populate_existing=True)
    if post is None:
        raise Refusal(_l("This post no longer exists."))
    return post


def publish_post(post: Post, *, by: Any) -> None:
    """Make a post public now. Its first day of publication stays when it comes back."""
    with transaction():
        post = locked_post(post.id)
        _check_ready(post)
        again = post.publish_at if post.status == PostStatus.UNPUBLISHED else None
        change_state(post, PostStatus.PUBLISHED, by=by, publish_at=again or clock.now())


def schedule_post(post: Post, *, at: dt.datetime, by: Any) -> None:
    """Let a post become public by itself at `at`, a wall time where its publisher is (see `zone_of`).

    Refuses an hour that does not exist there, and one that has passed.
    """
    with transaction():
        post = locked_post(post.id)
        _check_ready(post)
        try:
            moment = clock.from_wall(at, zone_of(_publisher(post)))
        except ValueError:
            reason = _l("On that night the clocks go forward and this hour does not exist. Choose another time.")
            raise Refusal(reason, field="publish_at") from None
        if moment <= clock.now():
            raise Refusal(_l("This moment has passed. Choose a later one or publish now."), field="publish_at")
        change_state(post, PostStatus.SCHEDULED, by=by, publish_at=moment)


def call_back_post(post: Post, *, by: Any) -> None:
    """Make a scheduled post a draft again. Refuses when it has become public meanwhile."""
    with transaction():
        post = locked_post(post.id)
        if post.publish_at is not None and post.publish_at <= clock.now():
            raise Conflict(_l("This post has become public in the meantime. It can be taken off the site."))
        change_state(post, PostStatus.DRAFT, by=by)


def unpublish_post(post: Post, *, by: Any) -> None:
    """Take a post off the site. It is kept and can come back."""
    with transaction():
        post = locked_post(post.id)
        if post.status == PostStatus.SCHEDULED and post.publish_at is not None and post.publish_at <= clock.now():
            change_state(post, PostStatus.PUBLISHED, by=None)
        change_state(post, PostStatus.UNPUBLISHED, by=by)


def publish_due() -> int:
    """Let search know the posts whose moment has come; readers see them without this. Returns how many. For the worker."""
    numbers = queries.due()
    for number in numbers:
        with transaction():
            post = locked_post(number)
            if post.status == PostStatus.SCHEDULED:
                change_state(post, PostStatus.PUBLISHED, by=None)
    return len(numbers)


def _publisher(post: Post) -> Publisher:
    with transaction() as session:
        if post.network_id is not None:
            return session.get_one(Network, post.network_id)
        return session.get_one(Organisation, post.organisation_id)


def _check_ready(post: Post) -> None:
    publisher = _publisher(post)
    if isinstance(publisher, Organisation) and publisher.status != OrganisationStatus.PUBLISHED:
        raise Refusal(_l("The profile of the organisation is not public yet. Its posts can follow it."))

"""The states of a post: a draft, public at once or at a set time, taken off the site and back."""

import datetime as dt

from portal.accounts.models import Person
from portal.ground import clock, states
from portal.ground.authz import PORTAL, Portal
from portal.ground.batches import each
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.locks import locked_if_there
from portal.ground.states import START, change_state
from portal.membership.models import Network
from portal.membership.publishers import Publisher, zone_of
from portal.news import policies, queries
from portal.news.findable import document
from portal.news.models import KIND, Post, PostStatus
from portal.organisations.models import Organisation, OrganisationStatus
from portal.words import search
from portal.words.i18n import _l
from portal.words.moments import GAP

S = PostStatus
Side = states.Side[Person, Post]
Step = states.Step[Person, Post]
Move = states.Move[Person, Post]

WRITERS = Side("writers of the publisher", policies.may_edit)
PUBLISHERS = Side("owners and editors, or the coordination", policies.publishes)
REMOVERS = Side("owners and editors, the coordination, or the portal team", policies.publishes_or_removes)
CLOCK = Side("the clock", lambda by, post: False, itself=True)
DEMO = Side("the large demo", lambda by, post: False, itself=True)


def the_publisher_is_public(post: Post) -> None:
    publisher = _publisher(post)
    if isinstance(publisher, Organisation) and publisher.status != OrganisationStatus.PUBLISHED:
        raise Refusal(_l("The profile of the organisation is not public yet. Its posts can follow it."))


def its_moment_has_not_come(post: Post) -> None:
    if policies.is_due(post):
        raise Conflict(_l("This post has become public in the meantime. It can be taken off the site."))


def _now(move: Move) -> None:
    move.row.publish_at = move.at


def _undated(move: Move) -> None:
    move.row.publish_at = None


def _reindex(move: Move) -> None:
    reindex(move.row)


READY = [the_publisher_is_public]

POSTS = states.States(
    Post, "status", PostStatus, "post_status",
    steps=(
        Step(START, S.DRAFT, WRITERS),
        Step(START, S.PUBLISHED, DEMO),
        Step(S.DRAFT, S.PUBLISHED, PUBLISHERS, "post.published", guards=READY, effects=[_now]),
        Step(S.DRAFT, S.SCHEDULED, PUBLISHERS, "post.scheduled", guards=READY),
        Step(S.SCHEDULED, S.PUBLISHED, CLOCK, "post.published"),
        Step(S.SCHEDULED, S.PUBLISHED, PUBLISHERS, "post.published", guards=READY, effects=[_now]),
        Step(S.SCHEDULED, S.DRAFT, PUBLISHERS, "post.draft", guards=[its_moment_has_not_come], effects=[_undated]),
        Step(S.PUBLISHED, S.UNPUBLISHED, REMOVERS, "post.unpublished"),
        Step(S.UNPUBLISHED, S.PUBLISHED, PUBLISHERS, "post.published", guards=READY),  # its first day stays
        Step(S.UNPUBLISHED, S.SCHEDULED, PUBLISHERS, "post.scheduled", guards=READY),
    ),
    otherwise=_l("This post is not public."),
    refused={
        S.PUBLISHED: _l("This post is already public."),
        S.SCHEDULED: _l("Only a post that is not public can be scheduled."),
        S.DRAFT: _l("Only a scheduled post can become a draft again."),
    },
    always=[_reindex],
    detail=lambda post: {"publish_at": post.publish_at},
)  # fmt: skip


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
    with transaction():
        post = locked_if_there(Post, number)
    if post is None:
        raise Refusal(_l("This post no longer exists."))
    return post


def publish_post(post: Post, *, by: Person | Portal) -> None:
    """Make a post public now. Its first day of publication stays when it comes back."""
    with transaction():
        change_state(POSTS, locked_post(post.id), S.PUBLISHED, by=by)


def schedule_post(post: Post, *, at: dt.datetime, by: Person | Portal) -> None:
    """Let a post become public by itself at `at`, a wall time where its publisher is (see `zone_of`).

    Refuses an hour that does not exist there, and one that has passed.
    """
    with transaction():
        post = locked_post(post.id)
        try:
            moment = clock.from_wall(at, zone_of(_publisher(post)))
        except ValueError:
            raise Refusal(GAP, field="publish_at") from None
        if moment <= clock.now():
            raise Refusal(_l("This moment has passed. Choose a later one or publish now."), field="publish_at")
        post.publish_at = moment
        change_state(POSTS, post, S.SCHEDULED, by=by)


def call_back_post(post: Post, *, by: Person | Portal) -> None:
    """Make a scheduled post a draft again. Refuses when it has become public meanwhile."""
    with transaction():
        change_state(POSTS, locked_post(post.id), S.DRAFT, by=by)


def unpublish_post(post: Post, *, by: Person | Portal) -> None:
    """Take a post off the site. It is kept and can come back."""
    with transaction():
        post = locked_post(post.id)
        _publish_if_due(post)
        change_state(POSTS, post, S.UNPUBLISHED, by=by)


def publish_due() -> int:
    """Let search know the posts whose moment has come; readers see them without this. Returns how many. For the worker."""
    return each("scheduled posts", queries.due(), _publish)


def _publish(number: int) -> int:
    with transaction():
        return _publish_if_due(locked_post(number))


def _publish_if_due(post: Post) -> bool:
    if post.status != S.SCHEDULED or not policies.is_due(post):
        return False
    change_state(POSTS, post, S.PUBLISHED, by=PORTAL)
    return True


def _publisher(post: Post) -> Publisher:
    with transaction() as session:
        if post.network_id is not None:
            return session.get_one(Network, post.network_id)
        return session.get_one(Organisation, post.organisation_id)

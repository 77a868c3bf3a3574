"""What the states of a post are called."""

from portal.news.models import PostStatus
from portal.words.i18n import LazyString, _lp

STATES: dict[str, LazyString] = {
    PostStatus.DRAFT: _lp("post", "draft"),
    PostStatus.SCHEDULED: _lp("post", "scheduled"),
    PostStatus.PUBLISHED: _lp("post", "published"),
    PostStatus.UNPUBLISHED: _lp("post", "taken off the site"),
}

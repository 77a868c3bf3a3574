"""What must be true of posts: that the search knows those that are public. (That each is dated and has one publisher is
a rule of the database.)"""

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa

from portal.ground.checks import Check
from portal.ground.db import db
from portal.news.findable import document
from portal.news.models import KIND, Post, PostStatus
from portal.organisations.models import PUBLIC, Organisation
from portal.words import search


def _found() -> sa.Select[int]:
    """The posts that the search is to know: what is scheduled joins them when its moment has come and the worker sees it."""
    shown = sa.exists().where(Organisation.id == Post.organisation_id, Organisation.status.in_(PUBLIC))
    return sa.select(Post.id).where(Post.status == PostStatus.PUBLISHED, sa.or_(Post.organisation_id.is_(None), shown))


def _documents(numbers: list[int]) -> list[search.Document]:
    return [document(one) for one in db.session.scalars(sa.select(Post).where(Post.id.in_(numbers)))]


@cache
def checks() -> Sequence[Check]:
    return search.in_step(KIND, _found, _documents)

"""What follows from posts and can be made anew: their documents in the index."""

import sqlalchemy as sa

from portal.ground.db import db
from portal.ground.derived import Derived
from portal.ground.locks import locked_if_there
from portal.news.models import KIND, Post
from portal.news.services.states import reindex
from portal.organisations.models import PUBLIC, Organisation
from portal.words import search


def _renew(number: int) -> None:
    """Let the search say of this post what is public now; its publisher is locked first, as when it goes off the site."""
    session = db.session
    organisation_id = session.scalar(sa.select(Post.organisation_id).where(Post.id == number))
    publisher = None
    if organisation_id is not None:
        publisher = locked_if_there(Organisation, organisation_id)
    post = locked_if_there(Post, number)
    if post is not None and (publisher is None or publisher.status in PUBLIC):
        reindex(post)
    else:
        search.remove(KIND, number)


INDEX = Derived("posts", (sa.select(Post.id), search.indexed(KIND)), _renew)

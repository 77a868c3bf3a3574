"""When two profiles become one: the posts of the lost one are the kept one's."""

import sqlalchemy as sa

from portal.ground.db import db
from portal.news.models import Post
from portal.news.services.states import follow_publisher
from portal.organisations.models import Organisation, OrganisationStatus


def follow_merge(lost_id: int, kept_id: int) -> None:
    """Hand all posts over, as they are (inside the transaction that holds both profiles)."""
    posts = sa.update(Post).where(Post.organisation_id == lost_id)
    same = {"updated_at": Post.updated_at}  # nobody edited them
    db.session.execute(posts.values(organisation_id=kept_id, **same), execution_options={"synchronize_session": False})
    db.session.expire_all()
    kept = db.session.get_one(Organisation, kept_id)
    follow_publisher(kept_id, is_public=kept.status == OrganisationStatus.PUBLISHED)


def going_over(lost_id: int) -> int:
    """How many posts `follow_merge` would hand over. Reads only."""
    return db.session.scalar(sa.select(sa.func.count()).where(Post.organisation_id == lost_id)) or 0

"""Which posts an organisation may read the audit trail of: its own, called by their titles."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from portal.declaration import Acts
from portal.ground.db import db
from portal.news.models import Post
from portal.words.i18n import Localized


def _names(numbers: Sequence[int]) -> Mapping[int, Localized]:
    found = db.session.execute(sa.select(Post.id, Post.title).where(Post.id.in_(numbers)))
    return {row[0]: row[1] for row in found}


ACTS = Acts(Post, lambda number: sa.select(Post.id).where(Post.organisation_id == number), _names)

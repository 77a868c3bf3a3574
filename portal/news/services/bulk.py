"""Many public posts at once: for a large demo. Everything a single one gets, in batches.

There is no audit entry: nobody did this.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from portal.ground.db import transaction
from portal.ground.statements import in_batches, insert_rows
from portal.news.findable import document
from portal.news.models import Post, PostStatus
from portal.news.services.states import POSTS
from portal.words import search
from portal.words.i18n import Localized
from portal.words.slugs import FreeSlugs

BATCH = 1000


@dataclass(frozen=True, slots=True)
class BulkPost:
    """A public post of a network or of an organisation whose profile is public. `body` is clean HTML already."""

    network_id: int | None
    organisation_id: int | None
    category: str
    title: Localized
    lead: Localized
    body: Localized
    publish_at: dt.datetime


def bulk_publish(rows: Iterable[BulkPost]) -> int:
    """Publish posts, with addresses that follow from their titles; returns how many there were."""
    slugs = FreeSlugs(Post.slug, fallback="post")
    total = 0
    for batch in in_batches(rows, BATCH):
        posts = [_post(row, slugs.take(row.title.source)) for row in batch]
        with transaction():
            insert_rows(posts)
            search.index(document(post) for post in posts)
        total += len(batch)
    return total


def _post(row: BulkPost, slug: str) -> Post:
    return Post(
        slug=slug, network_id=row.network_id, organisation_id=row.organisation_id, category=row.category,
        status=POSTS.born(PostStatus.PUBLISHED), title=row.title, lead=row.lead, body=row.body,
        publish_at=row.publish_at, row_version=1, created_at=row.publish_at, updated_at=row.publish_at,
    )  # fmt: skip

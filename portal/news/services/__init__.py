"""The use-cases of posts. Only these write."""

from portal.news.services.bulk import BulkPost, bulk_publish
from portal.news.services.merging import follow_merge, going_over
from portal.news.services.states import (
    call_back_post,
    follow_publisher,
    publish_due,
    publish_post,
    schedule_post,
    unpublish_post,
)
from portal.news.services.writing import Cover, create_post, delete_post, forget_covers, translate_post, update_post

__all__ = [
    "BulkPost",
    "Cover",
    "bulk_publish",
    "call_back_post",
    "create_post",
    "delete_post",
    "follow_merge",
    "follow_publisher",
    "forget_covers",
    "going_over",
    "publish_due",
    "publish_post",
    "schedule_post",
    "translate_post",
    "unpublish_post",
    "update_post",
]

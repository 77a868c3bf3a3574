"""Named reads of saved searches."""

from portal.saved.queries.news import News, first_of, news_since
from portal.saved.queries.searches import (
    Owed,
    empty_readers,
    kept_alike,
    number_of,
    of_reader,
    oldest_look,
    owed,
    reader_by_email,
    reader_of,
    saved_by_number,
    told_by,
    unconfirmed,
    waiting_of,
)

__all__ = [
    "News",
    "Owed",
    "empty_readers",
    "first_of",
    "kept_alike",
    "news_since",
    "number_of",
    "of_reader",
    "oldest_look",
    "owed",
    "reader_by_email",
    "reader_of",
    "saved_by_number",
    "told_by",
    "unconfirmed",
    "waiting_of",
]

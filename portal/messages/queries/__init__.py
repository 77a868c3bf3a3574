"""Messages, in whose name they are, and whom they reach."""

from portal.messages.queries.messages import (
    became,
    count_of,
    drafts_of,
    message,
    messages_of,
    person_behind,
    sent_since,
    task_of,
    written_in,
)
from portal.messages.queries.places import Place, audience_of, narrowed_words, place_at, place_of
from portal.messages.queries.reach import Reach, Share, left, left_count, reach, refused

__all__ = [
    "Place",
    "Reach",
    "Share",
    "audience_of",
    "became",
    "count_of",
    "drafts_of",
    "left",
    "left_count",
    "message",
    "messages_of",
    "narrowed_words",
    "person_behind",
    "place_at",
    "place_of",
    "reach",
    "refused",
    "sent_since",
    "task_of",
    "written_in",
]

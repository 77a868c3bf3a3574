"""What can be done with lists of organisations. The only writers of their tables."""

from portal.imports.services.bringing import FILE, KEPT, bring, discard, look, remove_old
from portal.imports.services.making import (
    MAKING,
    UNDOING,
    can_begin,
    carry_out,
    ended,
    following,
    make,
    spoilt,
    take_back,
    taking_back,
    total,
    undo,
    undo_ended,
    undo_spoilt,
    undo_total,
)
from portal.imports.services.people import hand_over
from portal.imports.services.states import BATCHES

__all__ = [
    "BATCHES",
    "FILE",
    "KEPT",
    "MAKING",
    "UNDOING",
    "bring",
    "can_begin",
    "carry_out",
    "discard",
    "ended",
    "following",
    "hand_over",
    "look",
    "make",
    "remove_old",
    "spoilt",
    "take_back",
    "taking_back",
    "total",
    "undo",
    "undo_ended",
    "undo_spoilt",
    "undo_total",
]

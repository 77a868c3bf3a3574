"""The use-cases of figures, reports and frames. Only these write."""

from portal.impact.services.aiming import set_aim
from portal.impact.services.counting import FIGURES, hand_over, recount
from portal.impact.services.frame_states import FRAMES, publish_frame, withdraw_frame
from portal.impact.services.frames import (
    Moves,
    add_outcome,
    change_outcome,
    feed,
    make_frame,
    remove_outcome,
    update_frame,
)
from portal.impact.services.freezing import checksum, freeze

__all__ = [
    "FIGURES",
    "FRAMES",
    "Moves",
    "add_outcome",
    "change_outcome",
    "checksum",
    "feed",
    "freeze",
    "hand_over",
    "make_frame",
    "publish_frame",
    "recount",
    "remove_outcome",
    "set_aim",
    "update_frame",
    "withdraw_frame",
]

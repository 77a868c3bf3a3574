"""What can be done with messages: write, send, stop, go on."""

from portal.messages.services.people import KEPT, forget_old, hand_over
from portal.messages.services.sending import (
    GONE,
    MOST_A_DAY,
    TASK,
    deliver,
    ended,
    following,
    resume,
    send,
    send_test,
    spoilt,
    stop,
    total,
)
from portal.messages.services.states import MESSAGES
from portal.messages.services.writing import create, delete, update

__all__ = [
    "GONE",
    "KEPT",
    "MESSAGES",
    "MOST_A_DAY",
    "TASK",
    "create",
    "delete",
    "deliver",
    "ended",
    "following",
    "forget_old",
    "hand_over",
    "resume",
    "send",
    "send_test",
    "spoilt",
    "stop",
    "total",
    "update",
]

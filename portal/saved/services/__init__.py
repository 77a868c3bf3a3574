"""The use-cases of saved searches."""

from portal.saved.services.changing import change, confirm, end, follow_address, remove_old, resume
from portal.saved.services.keeping import MOST, ask, checked, keep
from portal.saved.services.noting import forget_news, note
from portal.saved.services.telling import tell_all

__all__ = [
    "MOST",
    "ask",
    "change",
    "checked",
    "confirm",
    "end",
    "follow_address",
    "forget_news",
    "keep",
    "note",
    "remove_old",
    "resume",
    "tell_all",
]

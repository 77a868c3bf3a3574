"""What can be done with tasks: start, cancel, run, forget."""

from portal.tasks.services.running import STUCK, UNKNOWN, CannotGoOn, run_at_once, run_due
from portal.tasks.services.starting import KEPT, cancel, hand_over, remove_old, start
from portal.tasks.services.states import TASKS

__all__ = [
    "KEPT",
    "STUCK",
    "TASKS",
    "UNKNOWN",
    "CannotGoOn",
    "cancel",
    "hand_over",
    "remove_old",
    "run_at_once",
    "run_due",
    "start",
]

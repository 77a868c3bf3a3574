"""Building a set of questions, keeping what is answered, and letting go of it.

These are parts of the use-cases of whoever asks: they run in its transaction, and it has said who may.
"""

from portal.questions.services.answering import (
    Filled,
    adopt,
    hand_over,
    keep,
    remove_answers,
    remove_answers_to,
    remove_empty,
    remove_unused,
)
from portal.questions.services.building import add, change, create_set, form_of, move, range_faults, retire, set_of
from portal.questions.services.conditions import stored
from portal.questions.services.copying import copy_set

__all__ = [
    "Filled",
    "add",
    "adopt",
    "change",
    "copy_set",
    "create_set",
    "form_of",
    "hand_over",
    "keep",
    "move",
    "range_faults",
    "remove_answers",
    "remove_answers_to",
    "remove_empty",
    "remove_unused",
    "retire",
    "set_of",
    "stored",
]

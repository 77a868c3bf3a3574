"""Building a set of questions, keeping what is answered, and letting go of it.

These are parts of the use-cases of whoever asks: they run in its transaction, and it has said who may.
"""

from portal.questions.services.answering import keep, remove_answers, remove_unused
from portal.questions.services.building import add, change, create_set, form_of, move, range_faults, retire
from portal.questions.services.conditions import stored

__all__ = [
    "add",
    "change",
    "create_set",
    "form_of",
    "keep",
    "move",
    "range_faults",
    "remove_answers",
    "remove_unused",
    "retire",
    "stored",
]

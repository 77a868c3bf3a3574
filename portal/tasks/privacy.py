"""What tasks hold about people: who has started them."""

from portal.privacy import Fate, Holding, Part, by_number
from portal.tasks.models import Task
from portal.tasks.services import KEPT
from portal.words.i18n import _l, _ln

PART = Part(
    holdings=(
        Holding(
            Task,
            _l("Work that takes longer, started by this person: what, when, how far, how it ended."),
            (by_number(Task.owner_id, Fate.UNNAMED),),
            secret=frozenset({"lease"}),
        ),
    ),
    kept=(
        _ln(
            "Who started work that takes longer, such as sending a message to many, is kept for %(n)s day after its end.",
            "Who started work that takes longer, such as sending a message to many, is kept for %(n)s days after its end.",
            KEPT.days,
        ),
    ),
)

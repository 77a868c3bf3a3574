"""What lists hold about people: who has brought them in."""

from portal.imports.models import ImportBatch
from portal.imports.services import KEPT
from portal.privacy import Fate, Holding, Part, by_number
from portal.words.i18n import _l, _ln

PART = Part(
    holdings=(
        Holding(
            ImportBatch,
            _l("Lists of organisations that this person has brought in: when, from where, how many."),
            (by_number(ImportBatch.by_id, Fate.UNNAMED),),
        ),
    ),
    kept=(
        _ln(
            "The rows of a list that nobody has carried out are deleted after %(n)s day.",
            "The rows of a list that nobody has carried out are deleted after %(n)s days.",
            KEPT.days,
        ),
    ),
)

"""What revisions hold about people: who has written them."""

from portal.privacy import Fate, Holding, Part, by_number
from portal.revisions.models import Revision
from portal.revisions.services import KEPT_MONTHS
from portal.words.i18n import _l, _ln

PART = Part(
    holdings=(
        Holding(
            Revision,
            _l("Earlier versions of profiles that this person saved: what they said and when."),
            (by_number(Revision.person_id, Fate.UNNAMED),),
        ),
    ),
    kept=(
        _ln(
            "Every earlier version of a profile is kept for %(n)s month, later the first one and the last of each month.",
            "Every earlier version of a profile is kept for %(n)s months, later the first one and the last of each month.",
            KEPT_MONTHS,
        ),
    ),
)

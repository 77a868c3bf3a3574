"""What this feature holds about people: who named an operator of micro-grants, and who ended that."""

from portal.grants.models import Operator
from portal.privacy import Fate, Holding, Part, by_number
from portal.words.i18n import _l

PART = Part(
    holdings=(
        Holding(
            Operator,
            _l("Operators of micro-grants: named or ended."),
            (by_number(Operator.granted_by, Fate.UNNAMED), by_number(Operator.ended_by, Fate.UNNAMED)),
        ),
    ),
)

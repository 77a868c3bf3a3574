"""What this feature holds about people: who named operators of micro-grants, and who moved the deadline of a call."""

from portal.grants.models import CallEvent, Operator
from portal.privacy import Fate, Holding, Part, by_number
from portal.words.i18n import _l

PART = Part(
    holdings=(
        Holding(
            Operator,
            _l("Operators of micro-grants: named or ended."),
            (by_number(Operator.granted_by, Fate.UNNAMED), by_number(Operator.ended_by, Fate.UNNAMED)),
        ),
        Holding(
            CallEvent,
            _l("Extensions of calls for micro-grants: asked for, confirmed or dropped."),
            tuple(
                by_number(column, Fate.UNNAMED)
                for column in (CallEvent.asked_by, CallEvent.confirmed_by, CallEvent.dropped_by)
            ),
        ),
    ),
)

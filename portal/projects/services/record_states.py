"""The states of a record: planned, done, confirmed by a second person, or not."""

from portal.accounts.models import Person
from portal.ground import clock, states
from portal.ground.authz import Portal
from portal.ground.errors import Refusal
from portal.ground.states import START
from portal.projects import policies
from portal.projects.models import ZONE, Record, RecordStatus
from portal.words.i18n import _l

S = RecordStatus
WRITERS = states.Side[Person, Record]("those who look after the project", policies.writes_record)
SECOND = states.Side[Person, Record]("those who look after it, but not who wrote it down", policies.may_confirm)
MOST_REASON = 500
LATER = _l("This day has not come yet. What is planned can be confirmed once it has taken place.")


def its_day_has_come(record: Record) -> None:
    if record.day > clock.today(ZONE):
        raise Refusal(LATER, field="day")


def _confirmed(move: states.Move[Person, Record]) -> None:
    move.row.confirmed_at = move.at
    move.row.confirmed_by = None if isinstance(move.by, Portal) or move.by is None else move.by.id
    move.row.reason = ""


def _unconfirmed(move: states.Move[Person, Record]) -> None:
    move.row.confirmed_at = move.row.confirmed_by = None


def _with_reason(move: states.Move[Person, Record]) -> None:
    move.row.reason = move.reason[:MOST_REASON]


RECORDS = states.States(
    Record, "status", RecordStatus, "record_status",
    steps=(
        states.Step(START, S.PLANNED, WRITERS),
        states.Step(S.PLANNED, S.DELIVERED, WRITERS, guards=[its_day_has_come]),
        states.Step(S.DELIVERED, S.PLANNED, WRITERS),
        states.Step(
            S.DELIVERED, S.CONFIRMED, SECOND, "record.confirmed", guards=[its_day_has_come], effects=[_confirmed]
        ),
        states.Step(
            S.DELIVERED, S.REJECTED, SECOND, "record.rejected",
            needs=_l("Say what is wrong, so that it can be corrected."), effects=[_with_reason],
        ),
        states.Step(S.CONFIRMED, S.DELIVERED, WRITERS, "record.reopened", effects=[_unconfirmed]),
        states.Step(S.REJECTED, S.DELIVERED, WRITERS, guards=[its_day_has_come]),
        states.Step(S.REJECTED, S.PLANNED, WRITERS),
        states.Step(S.PLANNED, S.CANCELLED, WRITERS, "record.cancelled"),
        states.Step(S.DELIVERED, S.CANCELLED, WRITERS, "record.cancelled"),
        states.Step(S.REJECTED, S.CANCELLED, WRITERS, "record.cancelled"),
        states.Step(
            S.CONFIRMED, S.CANCELLED, WRITERS, "record.cancelled", effects=[_unconfirmed, _with_reason],
            needs=_l("Say why it no longer counts. Those who look after the project read it."),
        ),
    ),
    otherwise=_l("This record is in another state now."),
    refused={
        S.CONFIRMED: _l("Only what was done and is not confirmed yet can be confirmed."),
    },
)  # fmt: skip

"""The states of a batch: it comes in, is shown, is carried out or stopped on the way, and can be taken back."""

from portal.accounts.models import Person
from portal.ground import states
from portal.ground.states import START
from portal.imports import policies
from portal.imports.models import BatchState, ImportBatch
from portal.words.i18n import _l

S = BatchState
Side = states.Side[Person, ImportBatch]
Step = states.Step[Person, ImportBatch]
Move = states.Move[Person, ImportBatch]

BRINGER = Side("whoever brought it in, or the portal team", policies.may_see)
WORKER = Side("the worker", lambda by, batch: False, itself=True)


def _ended(move: Move) -> None:
    move.row.ended_at = move.at


def _goes_on(move: Move) -> None:
    move.row.ended_at = None


BATCHES = states.States(
    ImportBatch, "state", BatchState, "import_state",
    steps=(
        Step(START, S.READING, BRINGER),
        Step(S.READING, S.PREPARED, BRINGER),
        Step(S.PREPARED, S.RUNNING, BRINGER, "import.begun"),
        Step(S.RUNNING, S.DONE, WORKER, effects=[_ended]),
        Step(S.RUNNING, S.STOPPED, WORKER, effects=[_ended]),
        Step(S.STOPPED, S.RUNNING, BRINGER, "import.resumed", effects=[_goes_on]),
        Step(S.DONE, S.UNDOING, BRINGER, "import.undone", effects=[_goes_on]),
        Step(S.STOPPED, S.UNDOING, BRINGER, "import.undone", effects=[_goes_on]),
        Step(S.UNDOING, S.UNDONE, WORKER, effects=[_ended]),
        Step(S.UNDOING, S.STOPPED, WORKER, effects=[_ended]),
    ),
    otherwise=_l("This list is in another state by now. The page shows what became of it."),
)  # fmt: skip

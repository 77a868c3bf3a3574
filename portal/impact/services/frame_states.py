"""The states of a frame of a funder: written by the coordination, then read by everybody, and taken back when it must be."""

from portal.accounts.models import Person
from portal.ground import states
from portal.ground.authz import Portal
from portal.ground.db import transaction
from portal.ground.errors import Refusal
from portal.ground.locks import locked
from portal.ground.states import START, change_state
from portal.impact import policies, queries
from portal.impact.models import Frame, FrameState
from portal.words.i18n import _l

S = FrameState
COORDINATORS = states.Side[Person, Frame]("the coordination of the network", policies.may_change_frame)


def it_has_outcomes(frame: Frame) -> None:
    if not queries.outcomes_of(frame.id):
        raise Refusal(_l("The frame has no outcome yet. Add one, then publish it."))


FRAMES = states.States(
    Frame, "state", FrameState, "frame_state",
    steps=(
        states.Step(START, S.DRAFT, COORDINATORS),
        states.Step(S.DRAFT, S.PUBLISHED, COORDINATORS, "frame.published", guards=[it_has_outcomes]),
        states.Step(S.PUBLISHED, S.DRAFT, COORDINATORS, "frame.withdrawn"),
    ),
    otherwise=_l("This frame is not public."),
    refused={S.PUBLISHED: _l("This frame is already public.")},
)  # fmt: skip


def publish_frame(frame: Frame, *, by: Person | Portal) -> None:
    """Let everybody read it. Refuses one without an outcome."""
    with transaction():
        change_state(FRAMES, locked(Frame, frame.id), S.PUBLISHED, by=by)


def withdraw_frame(frame: Frame, *, by: Person | Portal) -> None:
    """Leave it to the coordination again."""
    with transaction():
        change_state(FRAMES, locked(Frame, frame.id), S.DRAFT, by=by)

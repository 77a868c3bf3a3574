"""Frames of funders, written by the coordination of a network: outcomes with their outputs, and which project feeds which."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from portal.accounts.models import Person
from portal.ground import audit
from portal.ground.authz import Portal, demand
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal, check_version
from portal.ground.locks import locked
from portal.impact import queries
from portal.impact.fields import FRAME, NO_TITLE, OUTCOME
from portal.impact.indicators import BY_CODE
from portal.impact.models import Frame, FrameOutcome, FrameOutput, FrameProject, FrameState
from portal.impact.outputs import MOST, OUTPUTS, Targets
from portal.impact.policies import Permission
from portal.impact.services.frame_states import FRAMES
from portal.membership.models import Network
from portal.words.fields import Given
from portal.words.i18n import _l, _ln

MOST_OUTCOMES = 20  # of a frame
MOST_PROJECTS = 100  # that feed one outcome


class Moves(NamedTuple):
    """How many projects feed an outcome that fed none before, another one than before, and none any more."""

    new: int
    moved: int
    gone: int


def make_frame(network: Network, *, language: str, by: Person | Portal, **values: object) -> Frame:
    """Begin a frame, as a draft, with the fields of FRAME in one language."""
    given = FRAME.given_new(values)
    given.check(*_faults(given, needs_title=True))
    with transaction() as session:
        demand(Permission.MAKE_FRAME, network, by=by)
        frame = Frame(network_id=network.id, state=FRAMES.born(FrameState.DRAFT), **FRAME.new(given, language))
        session.add(frame)
        session.flush()
        audit.record("frame.created", frame, detail={"title": given["title"]}, actor=by)
    return frame


def update_frame(frame: Frame, *, language: str, version: int, by: Person | Portal, **values: object) -> None:
    """Write the texts of a frame in one language, and its period. Raises Stale when somebody else has saved since."""
    given = FRAME.given(values)
    with transaction() as session:
        row = _locked(frame, by)
        check_version(row, version, FRAME.read(row, language))
        given.check(*_faults(given, needs_title=language == row.title.original))
        FRAME.write(row, given, language)
        session.flush()
        audit.record("frame.changed", row, detail={"language": language}, actor=by)


def add_outcome(
    frame: Frame, *, language: str, targets: Targets, by: Person | Portal, **values: object
) -> FrameOutcome:  # fmt: skip
    """One outcome more, as the last one, with its outputs."""
    given = OUTCOME.given_new(values)
    given.check(*_target_faults(targets), *([] if given["title"] else [Refusal(NO_TITLE, field="title")]))
    with transaction() as session:
        row = _locked(frame, by)
        there = queries.outcomes_of(row.id)
        if len(there) >= MOST_OUTCOMES:
            raise Refusal(
                _ln("A frame has at most %(n)s outcome.", "A frame has at most %(n)s outcomes.", MOST_OUTCOMES)
            )
        position = there[-1].position + 1 if there else 1
        outcome = FrameOutcome(frame_id=row.id, position=position, **OUTCOME.new(given, language))
        session.add(outcome)
        session.flush()
        _ask(outcome, targets)
        audit.record("frame.changed", row, detail={"outcome": outcome.id, "title": given["title"]}, actor=by)
    return outcome


def change_outcome(
    frame: Frame, position: int, *, language: str, version: int, targets: Targets, by: Person | Portal, **values: object
) -> None:  # fmt: skip
    """Write the title of an outcome in one language, and its outputs. Raises Stale when somebody else has saved since."""
    given = OUTCOME.given(values)
    with transaction() as session:
        row = _locked(frame, by)
        outcome = _outcome(row, position)
        stored = {one.name: None for one in OUTPUTS} | {
            one.name: target for one, target in queries.targets_of(outcome).items()
        }
        check_version(outcome, version, {**OUTCOME.read(outcome, language), **stored})
        nameless = not given["title"] and language == outcome.title.original
        given.check(*_target_faults(targets), *([Refusal(NO_TITLE, field="title")] if nameless else []))
        OUTCOME.write(outcome, given, language)
        flag_modified(outcome, "position")  # its outputs may have changed where no column of it has: a new version
        session.flush()
        _ask(outcome, targets)
        audit.record("frame.changed", row, detail={"outcome": outcome.id, "language": language}, actor=by)


def remove_outcome(frame: Frame, position: int, *, by: Person | Portal) -> None:
    """Take an outcome out, with its outputs; its projects feed none any more. Refuses the last one of a public frame."""
    with transaction() as session:
        row = _locked(frame, by)
        outcome = _outcome(row, position)
        if row.state == FrameState.PUBLISHED and len(queries.outcomes_of(row.id)) == 1:
            raise Refusal(_l("A public frame needs an outcome. Take the frame back first, or add another outcome."))
        session.delete(outcome)
        session.flush()
        audit.record("frame.changed", row, detail={"outcome-removed": outcome.title.source}, actor=by)


def feed(frame: Frame, chosen: Mapping[int, int | None], *, by: Person | Portal) -> Moves:
    """Say which outcome each of these projects feeds, or none; others stay as they are. One that feeds another outcome of
    the frame is moved. Refuses what is no public project of the network, and no outcome of the frame."""
    with transaction() as session:
        row = _locked(frame, by)
        offered = {one.id: one.outcome_id for one in queries.to_feed(row)}
        outcomes = {one.id for one in queries.outcomes_of(row.id)}
        if not chosen.keys() <= offered.keys():
            raise Refusal(_l("One of these projects does not work for the network any more. Open the page again."))
        if not {*chosen.values()} <= {*outcomes, None}:
            raise Refusal(_l("One of these outcomes is gone. Open the page again, then choose another one."))
        changed = {number: to for number, to in chosen.items() if offered[number] != to}
        _check_room(Counter(({**offered, **chosen}).values()))
        of_frame = sa.delete(FrameProject).where(FrameProject.frame_id == row.id)
        session.execute(of_frame.where(FrameProject.project_id.in_([*changed])))
        session.add_all(
            FrameProject(frame_id=row.id, project_id=number, outcome_id=to)
            for number, to in changed.items()
            if to is not None
        )
        session.flush()
        if changed:
            audit.record("frame.changed", row, detail={"projects": {str(n): to for n, to in changed.items()}}, actor=by)
    return Moves(
        len([number for number, to in changed.items() if offered[number] is None]),
        len([number for number, to in changed.items() if offered[number] is not None and to is not None]),
        len([number for number, to in changed.items() if to is None]),
    )


def _locked(frame: Frame, by: Person | Portal) -> Frame:
    """The frame under lock: always the first lock of a use-case of it."""
    row = locked(Frame, frame.id)
    demand(Permission.CHANGE_FRAME, row, by=by)
    return row


def _outcome(frame: Frame, position: int) -> FrameOutcome:
    found = queries.outcome_at(frame.id, position)
    if found is None:
        raise Refusal(_l("This outcome is gone. Open the frame again."))
    return found


def _ask(outcome: FrameOutcome, targets: Targets) -> None:
    """Let these be its outputs, and no others."""
    db.session.execute(sa.delete(FrameOutput).where(FrameOutput.outcome_id == outcome.id))
    db.session.add_all(
        FrameOutput(outcome_id=outcome.id, code=code, unit=unit, target=target * BY_CODE[code].factor(unit))
        for (code, unit), target in targets.items()
    )
    db.session.flush()


def _faults(given: Given, *, needs_title: bool) -> list[Refusal]:
    faults = [Refusal(NO_TITLE, field="title")] if needs_title and not given["title"] else []
    first, last = given["starts_on"], given["ends_on"]
    if isinstance(first, dt.date) and isinstance(last, dt.date) and last < first:
        faults.append(Refusal(_l("The period would end before it begins. Choose a later last day."), field="ends_on"))
    return faults


def _target_faults(targets: Targets) -> list[Refusal]:
    faults, seen = [], set()
    for one, target in targets.items():
        if one not in OUTPUTS:
            raise Refusal(_l("Choose a figure."))
        if not 1 <= target <= MOST:
            sentence = _l("Enter a number from 1 to 1,000,000, or leave it empty.")
            faults.append(Refusal(sentence, field=one.name))
        if one.code in seen:
            sentence = _l("This figure stands in the outcome already. Leave one of the two lengths of an hour empty.")
            faults.append(Refusal(sentence, field=one.name))
        seen.add(one.code)
    return faults


def _check_room(numbers: Counter[int | None]) -> None:
    if any(number > MOST_PROJECTS for outcome, number in numbers.items() if outcome is not None):
        raise Refusal(
            _ln(
                "At most %(n)s project can feed one outcome.",
                "At most %(n)s projects can feed one outcome.",
                MOST_PROJECTS,
            )
        )

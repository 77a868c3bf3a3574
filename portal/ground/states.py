"""States: one table of steps for each model, and the one door between them.

A table says which steps exist, who may take each, what it needs, what belongs to it, which mails it sends and how the
audit trail calls it. It reads like a drawing of the model, and docs/states.md is drawn from it. `change_state` takes one
step of one row. Where a use-case moves a whole set by one UPDATE, `moving` gives that UPDATE, for steps that consist of
nothing but the new state. `born` is the state of a row that is made. Nothing else sets the column of a state.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

import sqlalchemy as sa

from portal.ground import audit, clock, locks
from portal.ground.authz import Actor, NotAllowed, Portal
from portal.ground.db import Model, db
from portal.ground.errors import Conflict, Refusal, Refusals
from portal.ground.sentences import Sentence

Row = TypeVar("Row", bound=Model)
Who = TypeVar("Who", bound=Actor)
START = None  # what a row comes from that is being made


@dataclass(frozen=True)
class Side(Generic[Who, Row]):
    """Whose step it is: a name for the drawing, and whether a person is on this side of a row."""

    name: str
    may: Callable[[Who | None, Row], bool]
    itself: bool = False  # steps that need nobody with an account: the portal's own, and those by the link of a mail

    def is_taken_by(self, by: Who | Portal | None, row: Row) -> bool:
        """PORTAL, the portal itself, takes every step. None is a visitor: theirs are those that need no account."""
        if isinstance(by, Portal):
            return True
        return (by is not None or self.itself) and self.may(by, row)


@dataclass(frozen=True)
class Move(Generic[Who, Row]):
    """A step while it is taken: what its effects and mails are told. `row` is in its new state already."""

    row: Row
    before: str | None
    to: str
    by: Who | Portal | None
    reason: str
    at: dt.datetime


@dataclass(frozen=True)
class Letter(Generic[Who, Row]):
    """A mail of a step: to whom and what it is called in the drawing, and what queues it.

    Without `send` the use-case queues it, when what it has to say is known only after the step.
    """

    to: str
    name: str
    send: Callable[[Move[Who, Row]], None] | None = None


@dataclass(frozen=True)
class Step(Generic[Who, Row]):
    """One way from a state to another.

    `needs` is the refusal when no reason is given (None: none is needed). A guard raises the Refusal of a row that is
    not ready, and its name says what it looks for. `effects` set what belongs to the new state. `verb` is the entry of
    the audit trail; an empty one leaves none.
    """

    before: str | None
    to: str
    who: Side[Who, Row]
    verb: str = ""
    needs: Sentence | None = None
    guards: Sequence[Callable[[Row], None]] = ()
    effects: Sequence[Callable[[Move[Who, Row]], None]] = ()
    mails: Sequence[Letter[Who, Row]] = ()

    @property
    def is_plain(self) -> bool:
        """Does it consist of nothing but the new state?"""
        sent = any(letter.send for letter in self.mails)
        return not (self.verb or self.needs or self.guards or self.effects or sent)


def _no_more(row: object) -> dict[str, object]:
    return {}


@dataclass(frozen=True, eq=False)
class States(Generic[Who, Row]):
    """The states of a model: every step that exists, and no other.

    Two steps may lead the same way for different sides: the first whose side is asked counts. `otherwise` is said for a
    step that does not exist from here, `refused` says it better for some targets. `always` belongs to every step;
    `detail` is what the audit trail keeps beside the state before and the reason.
    """

    model: type[Row]
    column: str
    enum: type[StrEnum]
    vocabulary: str
    steps: Sequence[Step[Who, Row]]
    otherwise: Sentence
    refused: Mapping[str, Sentence] = field(default_factory=dict)
    always: Sequence[Callable[[Move[Who, Row]], None]] = ()
    detail: Callable[[Row], dict[str, object]] = _no_more

    def __post_init__(self) -> None:
        locks.watch(self.model)

    def state(self, row: Row) -> str:
        return str(getattr(row, self.column))

    def ways(self, before: str | None, to: str) -> Iterator[Step[Who, Row]]:
        """The steps from one state to another: none, or one for each side that may take it."""
        return (step for step in self.steps if (step.before, step.to) == (before, to))

    def born(self, state: str) -> str:
        """The state of a row that is made, where nothing else belongs to it. Raises LookupError when none begins so."""
        self._check_plain(START, state)
        return state

    def moving(self, before: Sequence[str], to: str) -> sa.Update:
        """The UPDATE of all rows in these states to another; the caller says which rows, and sets what goes with it.

        Raises LookupError unless each of these steps exists and consists of nothing but the new state.
        """
        if self.always:
            raise LookupError(f"{self.model.__name__}: something belongs to every step, so each row takes it by itself")
        for state in before:
            self._check_plain(state, to)
        column = getattr(self.model, self.column)
        return sa.update(self.model).where(column.in_([*before])).values({self.column: to})

    def _check_plain(self, before: str | None, to: str) -> None:
        if not any(step.is_plain for step in self.ways(before, to)):
            raise LookupError(f"{self.model.__name__}: no plain step from {before!r} to {to!r}")


def change_state(
    table: States[Who, Row], row: Row, to: str, *, by: Who | Portal | None, reason: str = "", side: Side[Who, Row] | None = None
) -> None:  # fmt: skip
    """Take one step: writes the state, what belongs to it, the audit entry and the mails.

    The row must have been re-read under lock in the running transaction. Raises Conflict for a step
    that does not exist from here, NotAllowed for somebody who may not take it, Refusal for a missing reason, and what the
    guards refuse, together. Whatever is set on the row beforehand is undone with the transaction. `side` says on which side
    the portal takes it, where several may.
    """
    _take(table, row, table.state(row), to, by, reason, side)


def begin(table: States[Who, Row], row: Row, *, by: Who | Portal | None, reason: str = "") -> None:
    """The first step of a row that was made in this transaction and stands in its first state."""
    _take(table, row, START, table.state(row), by, reason, None)


def _take(
    table: States[Who, Row], row: Row, before: str | None, to: str, by: Who | Portal | None, reason: str,
    side: Side[Who, Row] | None,
) -> None:  # fmt: skip
    if not locks.is_held(row):
        raise RuntimeError(f"A {type(row).__name__} changes its state under lock, inside a transaction")
    step = _step(table, row, before, to, by, side)
    move = Move(row, before, to, by, reason.strip(), clock.now())
    if step.needs is not None and not move.reason:
        raise Refusal(step.needs, field="reason")
    _ask(step.guards, row)
    setattr(row, table.column, to)
    for follow in (*step.effects, *table.always):
        follow(move)
    db.session.flush()
    if step.verb:
        audit.record(step.verb, row, detail=_detail(table, move), actor=by)
    for letter in step.mails:
        if letter.send is not None:
            letter.send(move)


def _step(
    table: States[Who, Row], row: Row, before: str | None, to: str, by: Who | Portal | None, side: Side[Who, Row] | None
) -> Step[Who, Row]:  # fmt: skip
    ways = list(table.ways(before, to))
    if not ways:
        raise Conflict(table.refused.get(to, table.otherwise))
    for step in ways:
        if side in (None, step.who) and step.who.is_taken_by(by, row):
            return step
    raise NotAllowed


def _ask(guards: Sequence[Callable[[Row], None]], row: Row) -> None:
    """Every guard is heard, so that a person corrects everything in one go."""
    refused: list[Refusal] = []
    for guard in guards:
        try:
            guard(row)
        except Refusal as refusal:
            refused.append(refusal)
    if len(refused) == 1:
        raise refused[0]
    if refused:
        raise Refusals([part for refusal in refused for part in refusal.parts])


def _detail(table: States[Who, Row], move: Move[Who, Row]) -> dict[str, object]:
    reason = {"reason": move.reason} if move.reason else {}
    return {"from": move.before or "", **reason, **table.detail(move.row)}

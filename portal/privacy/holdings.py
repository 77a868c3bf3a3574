"""How a feature says what it holds about people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import InstrumentedAttribute

from portal.ground.appvar import AppVar
from portal.ground.authz import identity
from portal.ground.statements import table
from portal.words.i18n import LazyString, Localized

Condition = sa.ColumnElement[bool]
Number: TypeAlias = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
Address: TypeAlias = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


class Fate(StrEnum):
    """What becomes of a row when the person leaves whom it names."""

    GONE = "gone"  # it is deleted
    UNNAMED = "unnamed"  # it stays and names nobody
    STAYS = "stays"  # it stays as the record of a decision or of a right, and names the empty shell of the person


@dataclass(frozen=True, slots=True)
class Subject:
    """The person in question, by everything that names them: `addresses` are those of today and earlier ones."""

    person_id: int
    account_id: int | None
    name: str
    locale: str
    addresses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Trace:
    """A way in which rows of a table name a person: by which columns, and what becomes of the rows found by it."""

    columns: tuple[Number | Address, ...]
    found: Callable[[Subject], Condition]
    fate: Fate


def by_number(column: Number, fate: Fate) -> Trace:
    """The rows whose column holds the number of the person."""
    return Trace((column,), lambda subject: column == subject.person_id, fate)


def by_address(column: Address, fate: Fate, *, owner: Number | None = None) -> Trace:
    """The rows whose column holds an address of the person. Where rows have an `owner`, only those of nobody else: of no
    person, or of a row without an address, which somebody had who turned out to be the person."""

    def found(subject: Subject) -> Condition:
        known = column.in_(subject.addresses)
        if owner is None:
            return known
        return sa.and_(known, sa.or_(owner.is_(None), owner.in_(identity().nameless)))

    return Trace((column,), found, fate)


@dataclass(frozen=True, slots=True)
class Holding:
    """A table that names people: one file of what is handed out.

    `blank` are columns that are emptied with a row that is to name nobody, `secret` are columns that are not handed out
    (they would open the account), `live` is true of rows that must have been ended before they can be forgotten, and
    `links` is the word before the number in the subjects of links to a row.
    """

    model: type[Any]
    about: LazyString
    traces: tuple[Trace, ...]
    blank: tuple[str, ...] = ()
    secret: frozenset[str] = frozenset()
    live: Callable[[Subject], Condition] | None = None
    links: str = ""

    @property
    def table(self) -> sa.Table:
        return table(self.model)

    def found(self, subject: Subject, *fates: Fate) -> Condition:
        """The rows that name the person, or those of them with one of these fates."""
        wanted = [trace.found(subject) for trace in self.traces if not fates or trace.fate in fates]
        return sa.or_(sa.false(), *wanted)


def role_holding(model: type[Any], about: LazyString) -> Holding:
    """What a table of roles holds: whoever has, gave or ended one stays named as long as the right can be asked about.

    A role that has not ended still gives rights.
    """
    people = (model.person_id, model.granted_by, model.ended_by)
    return Holding(
        model,
        about,
        tuple(by_number(column, Fate.STAYS) for column in people),
        live=lambda subject: sa.and_(model.person_id == subject.person_id, model.ended_at.is_(None)),
    )


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence to whoever wants to leave. With `names` it ends in a colon, and they follow it: a text of people and,
    where there is a page to go to, its endpoint with values."""

    sentence: LazyString
    names: Sequence[tuple[Localized, str, Mapping[str, object]]] = ()


@dataclass(frozen=True, slots=True)
class Farewell:
    """What leaving would mean: what goes, what stays and why, and what has to be done before."""

    goes: Sequence[Note] = ()
    stays: Sequence[Note] = ()
    obstacles: Sequence[Note] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What one feature says and does about people. `leave` ends by the feature's own services what is not only data:
    roles, places, invitations. `kept` says how long things are kept. `expected` is true of a person who takes part in
    something that is still to come: their account is not deleted because nobody uses it."""

    holdings: tuple[Holding, ...] = ()
    farewell: Callable[[Subject], Farewell] = lambda subject: Farewell()
    leave: Callable[[Subject], None] = lambda subject: None
    expected: Callable[[Subject], bool] = lambda subject: False
    kept: Sequence[LazyString] = field(default_factory=tuple)


_PARTS: AppVar[tuple[Part, ...]] = AppVar("privacy")


def lasting_columns() -> list[Number | Address]:
    """The foreign keys to people by which something lasting names them: all but mails and the like, which just go."""
    return [
        column
        for part in parts()
        for holding in part.holdings
        for trace in holding.traces
        for column in trace.columns
        if trace.fate != Fate.GONE and names_person(holding.table.columns[column.key])
    ]


def names_person(column: sa.Column[object]) -> bool:
    return any(key.target_fullname == "person.id" for key in column.foreign_keys)


def join_parts(app: Flask, joined: Sequence[Part]) -> None:
    """Keep the table of parts; two that answer for the same table do not start."""
    tables = [holding.table.name for part in joined for holding in part.holdings]
    twice = sorted({name for name in tables if tables.count(name) > 1})
    if twice:
        raise RuntimeError(f"Answered for twice: {', '.join(twice)}")
    _PARTS.set(app, tuple(joined))


def parts() -> tuple[Part, ...]:
    """The parts of all features, lowest first, and of what all of them share."""
    return _PARTS.get()


def farewell(subject: Subject) -> Farewell:
    """What leaving would mean for this person, told by all features. Reads only."""
    told = [part.farewell(subject) for part in parts()]
    return Farewell(
        goes=[note for one in told for note in one.goes],
        stays=[note for one in told for note in one.stays],
        obstacles=[note for one in told for note in one.obstacles],
    )


def is_expected(subject: Subject) -> bool:
    """Does the person take part in something that is still to come, told by all features? Reads only."""
    return any(part.expected(subject) for part in parts())


def kept() -> list[LazyString]:
    """How long what is kept, in sentences."""
    return [sentence for part in parts() for sentence in part.kept]

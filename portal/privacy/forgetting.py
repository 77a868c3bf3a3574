"""Forgetting a person: first the features end what is not only data, then their rows go or name nobody any more."""

from typing import Any

import sqlalchemy as sa

from portal.ground import clock
from portal.ground.db import db
from portal.ground.errors import Busy, Refusal, Refusals
from portal.ground.links import LinkToken
from portal.privacy.holdings import Condition, Fate, Holding, Subject, Trace, farewell, names_person, parts


def check(subject: Subject) -> None:
    """Raise every reason why the person cannot leave yet."""
    obstacles = [Refusal(note.sentence) for note in farewell(subject).obstacles]
    if obstacles:
        raise Refusals(obstacles)


def leave(subject: Subject) -> None:
    """Let every feature end what is not only data, from the top of the ladder down (inside a transaction)."""
    for part in reversed(parts()):
        db.session.expire_all()  # what was read before is for display: services re-read under lock
        part.leave(subject)
    db.session.flush()


def forget(subject: Subject) -> None:
    """Delete the rows that name the person, or take the person out of them (inside a transaction, the person locked).

    What can still bring something about must have been ended by `leave`. If such a row appeared meanwhile, nothing is
    done: Busy asks to try again.
    """
    holdings = [holding for part in reversed(parts()) for holding in part.holdings]
    for holding in holdings:  # all links first: a row may take others with it that are found no more
        if holding.live is not None and _finds(holding, sa.and_(holding.live(subject), holding.found(subject))):
            raise Busy()
        _end_links(holding, subject)
    for holding in holdings:
        for trace in holding.traces:
            _forget(holding, trace, subject)
    db.session.expire_all()


def is_still_needed(subject: Subject) -> bool:
    """Does anything that stays name the person by number?"""
    return any(
        _finds(holding, trace.found(subject))
        for part in parts()
        for holding in part.holdings
        for trace in holding.traces
        if trace.fate == Fate.STAYS and any(names_person(holding.table.columns[column.key]) for column in trace.columns)
    )


def _finds(holding: Holding, condition: Condition) -> bool:
    return db.session.scalar(sa.select(sa.literal(1)).select_from(holding.table).where(condition).limit(1)) is not None


def _end_links(holding: Holding, subject: Subject) -> None:
    """The links to rows of the person lead nowhere any more."""
    if not holding.links:
        return
    (key,) = holding.table.primary_key.columns
    found = holding.found(subject, Fate.GONE, Fate.UNNAMED)
    subjects = [f"{holding.links}:{number}" for number in db.session.scalars(sa.select(key).where(found))]
    db.session.execute(
        sa.update(LinkToken)
        .where(LinkToken.subject.in_(subjects), LinkToken.revoked_at.is_(None))
        .values(revoked_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def _forget(holding: Holding, trace: Trace, subject: Subject) -> None:
    if trace.fate == Fate.STAYS:
        return
    table = holding.table
    if trace.fate == Fate.GONE:
        db.session.execute(sa.delete(table).where(trace.found(subject)))
        return
    columns = [table.columns[column.key] for column in trace.columns] + [table.columns[name] for name in holding.blank]
    emptied: dict[str, Any] = {column.name: None if column.nullable else "" for column in columns}
    if holding.blank and "row_version" in table.columns:
        emptied["row_version"] = table.columns["row_version"] + 1
    db.session.execute(sa.update(table).where(trace.found(subject)).values(emptied))

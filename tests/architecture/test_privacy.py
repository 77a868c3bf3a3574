"""Whatever names a person is handed out and forgotten: no table without an answer."""

from collections.abc import Iterator, Sequence

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from portal.features import FEATURES
from portal.ground.db import Base
from portal.ground.migrations import metadata
from portal.privacy import Fate, Holding, Part, by_number, own
from portal.words.i18n import _l
from tests.support.naming import full_names, person_columns, personal_columns

metadata()  # imports the models of every feature

# Texts that look as if they named people, and why the portal does not take them for data of one person.
NOT_OF_ONE_PERSON = {
    "organisation.contact_email": "the organisation's own, chosen by its people; leaving says where it stays",
    "organisation.contact_phone": "the organisation's own, chosen by its people",
    "network.contact_email": "the network's own, chosen by its people; leaving says where it stays",
    "session.speakers": "the public programme, typed by the organisers; leaving says where a name stays",
    "heartbeat.name": "the name of a worker",
    "import_batch.name": "where a list of organisations comes from",
    "periodic_job.name": "the name of a job",
    "project_record_party.name": "the name of an organisation that has no profile",
    "operator.name": "whoever runs the portal, an organisation or an office, said in public by its team",
    "operator.address": "the operator's own, said in public by its team",
    "operator.email": "the operator's own, said in public by its team",
    "operator.phone": "the operator's own, said in public by its team",
}

ERASED = ("person.name", "person.email", "person.typed_email")  # `erase_person` empties them or deletes the row


def unanswered(tables: sa.MetaData, parts: Sequence[Part]) -> Iterator[str]:
    """Rule: every column with the number of a person stands in a trace; so none is left out of the ZIP or forgotten."""
    traced = {
        f"{holding.table.name}.{column.key}"
        for part in parts
        for holding in part.holdings
        for trace in holding.traces
        for column in trace.columns
    }
    yield from sorted(full_names(person_columns(tables)) - traced)


def named_still(tables: sa.MetaData, parts: Sequence[Part]) -> Iterator[str]:
    """Rule: a column with a name or an address goes with its row, is emptied with it, or has a reason to stand there."""
    holdings = {holding.table.name: holding for part in parts for holding in part.holdings}
    for column in personal_columns(tables):
        holding = holdings.get(column.table.name)
        full = f"{column.table.name}.{column.name}"
        if full in NOT_OF_ONE_PERSON or full in ERASED:
            continue
        fates = {trace.fate for trace in holding.traces} if holding else set()
        goes = Fate.GONE in fates or (holding is not None and column.name in holding.blank)
        if not goes:
            yield full


def loose_ends(parts: Sequence[Part]) -> Iterator[str]:
    """Rule: what stays or loses its person can do so: a row that is to name nobody has a column that can be empty, and
    a role or a place that is not only data says when it has ended."""
    for part in parts:
        for holding in part.holdings:
            for trace in holding.traces:
                for column in trace.columns:
                    kept = holding.table.columns[column.key]
                    if trace.fate == Fate.UNNAMED and not kept.nullable and not isinstance(kept.type, sa.String):
                        yield f"{kept} cannot be empty"
            ends = "ended_at" in holding.table.columns or "status" in holding.table.columns
            owns = any(column.key == "person_id" for trace in holding.traces for column in trace.columns)
            if ends and owns and holding.live is None:
                yield f"{holding.table.name} does not say what is still open"


RULES = [unanswered, named_still]
PARTS = [*(feature.privacy for feature in FEATURES if feature.privacy), own.PART]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_tables_have_an_answer(rule) -> None:
    found = list(rule(Base.metadata, PARTS))
    assert not found, f"{rule.__doc__}\n" + "\n".join(found)


def test_rows_can_be_forgotten() -> None:
    assert not list(loose_ends(PARTS))


def test_exceptions_exist() -> None:
    assert set(NOT_OF_ONE_PERSON) <= full_names(personal_columns(Base.metadata))


class Bad(DeclarativeBase):
    """A table that nobody answers for, outside the portal's own metadata."""


class BadPerson(Bad):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)


class Gossip(Bad):
    __tablename__ = "gossip"
    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    heard_by: Mapped[int | None]
    status: Mapped[str] = mapped_column(sa.String(10))
    nick_name: Mapped[str] = mapped_column(sa.String(100))


HALF = Holding(Gossip, _l("Home"), (by_number(Gossip.person_id, Fate.UNNAMED),))


def test_rules_reject_bad_examples() -> None:
    """No answer at all; an answer for one of three columns that leaves the name; a row that cannot be emptied or ended."""
    assert list(unanswered(Bad.metadata, [])) == ["gossip.about", "gossip.heard_by", "gossip.person_id"]
    assert list(unanswered(Bad.metadata, [Part((HALF,))])) == ["gossip.about", "gossip.heard_by"]
    assert list(named_still(Bad.metadata, [Part((HALF,))])) == ["gossip.nick_name"]
    assert len(list(loose_ends([Part((HALF,))]))) == 2


def test_two_answers_for_one_table_do_not_start() -> None:
    from flask import Flask

    from portal.privacy import join_parts

    with pytest.raises(RuntimeError, match="gossip"):
        join_parts(Flask("example"), [Part((HALF,)), Part((HALF,))])

"""The tables: nothing loaded by accident, every instant in UTC, every foreign key indexed, no other direction."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, mapped_column, relationship

from portal.ground.db import Base, UtcDateTime
from portal.ground.migrations import metadata

metadata()  # imports the models of every feature


def loaded_by_accident(mapper: Mapper[Any]) -> Iterator[str]:
    """Rule: a relationship loads nothing that the query did not name."""
    for relation in mapper.relationships:
        if relation.lazy != "raise_on_sql":
            yield f"{relation} is lazy={relation.lazy!r}"


def both_directions(mapper: Mapper[Any]) -> Iterator[str]:
    """Rule: a relationship stands on the side of the foreign key; the other direction is a query."""
    for relation in mapper.relationships:
        if relation.direction.name != "MANYTOONE" or relation.backref or relation.back_populates:
            yield f"{relation} looks in the other direction"


def other_instants(table: sa.Table) -> Iterator[str]:
    """Rule: an instant is a UtcDateTime, so it is aware in Python and UTC in the database; money is never a float."""
    for column in table.columns:
        if isinstance(column.type, sa.DateTime) or (
            isinstance(column.type, sa.TypeDecorator)
            and isinstance(column.type.impl_instance, sa.DateTime)
            and not isinstance(column.type, UtcDateTime)
        ):
            yield f"{column} is {column.type!r}"
        if isinstance(column.type, sa.Float):
            yield f"{column} is a float"


def unindexed_keys(table: sa.Table) -> Iterator[str]:
    """Rule: every foreign key leads an index, else deleting its parent reads the whole table."""
    leading = {next(iter(index.columns)).name for index in table.indexes if len(index.columns)}
    constraints = [
        item for item in table.constraints if isinstance(item, sa.UniqueConstraint | sa.PrimaryKeyConstraint)
    ]
    leading |= {next(iter(item.columns)).name for item in constraints if len(item.columns)}
    leading |= {column.name for column in table.columns if column.unique or column.index}
    for key in table.foreign_key_constraints:
        first = next(iter(key.columns))  # one of several columns is found by its first
        if first.name not in leading:
            yield f"{first} is a foreign key without an index"


def unnamed_constraints(table: sa.Table) -> Iterator[str]:
    """Rule: every constraint has a name, so that a migration can change it on both databases."""
    for constraint in table.constraints:
        if constraint.name is None:
            yield f"{table.name}: {constraint!r} has no name"


MAPPER_RULES = [loaded_by_accident, both_directions]
TABLE_RULES = [other_instants, unindexed_keys, unnamed_constraints]


@pytest.mark.parametrize("rule", MAPPER_RULES, ids=lambda rule: rule.__name__)
def test_mappers_keep_rule(rule: Any) -> None:
    found = [fault for mapper in Base.registry.mappers for fault in rule(mapper)]
    assert not found, f"{rule.__doc__}\n" + "\n".join(found)


@pytest.mark.parametrize("rule", TABLE_RULES, ids=lambda rule: rule.__name__)
def test_tables_keep_rule(rule: Any) -> None:
    assert Base.metadata.tables
    found = [fault for table in Base.metadata.tables.values() for fault in rule(table)]
    assert not found, f"{rule.__doc__}\n" + "\n".join(found)


class Bad(DeclarativeBase):
    """Tables with every fault, outside the portal's own metadata."""


class Parent(Bad):
    __tablename__ = "parent"
    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[Any] = mapped_column(sa.DateTime)
    price: Mapped[float] = mapped_column(sa.Float)
    children: Mapped[list["Child"]] = relationship(back_populates="parent")


class Child(Bad):
    __tablename__ = "child"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int] = mapped_column(sa.ForeignKey("parent.id"))
    parent: Mapped[Parent] = relationship(back_populates="children")


@pytest.mark.parametrize("rule", MAPPER_RULES, ids=lambda rule: rule.__name__)
def test_rule_rejects_a_bad_mapper(rule: Any) -> None:
    Bad.registry.configure()
    assert [fault for mapper in Bad.registry.mappers for fault in rule(mapper)]


@pytest.mark.parametrize("rule", TABLE_RULES, ids=lambda rule: rule.__name__)
def test_rule_rejects_a_bad_table(rule: Any) -> None:
    assert [fault for table in Bad.metadata.tables.values() for fault in rule(table)]

"""Are the codes that are stored the same everywhere: in the enum, in the CHECK of the database, and as words for people?"""

import re
from collections.abc import Iterator

import sqlalchemy as sa

from portal.declaration import Coded, declared
from portal.ground.db import db
from portal.words import vocabularies
from portal.words.data import rows
from portal.words.vocabulary_faults import Fault, faults

_QUOTED = re.compile(r"'((?:[^']|'')*)'")


def every_fault() -> list[Fault]:
    """What is wrong with the words, then with the codes that features store. Reads the schema of the database."""
    return [*faults(rows("vocab")), *of_codes()]


def of_codes() -> Iterator[Fault]:
    """Codes that one of the three has and another has not, for all that features declare."""
    for coded in (coded for feature in declared() for coded in feature.codes):
        stored = {str(code) for code in coded.enum} - {""}
        yield from _apart(coded, stored, checked(coded) - {""}, "the CHECK of the database")
        named = {term.code for term in vocabularies.vocabulary(coded.vocabulary)}
        yield from _apart(coded, stored | coded.beside, named, "the vocabulary")
        yield from (
            Fault(coded.vocabulary, code, "It is declared as not stored, and the enum has it.")
            for code in sorted(stored & coded.beside)
        )


def checked(coded: Coded) -> set[str]:
    """The codes that the database takes into the column."""
    table, column = coded.column.class_.__tablename__, coded.column.key
    found = sa.inspect(db.session.connection()).get_check_constraints(table)
    text = next((str(one["sqltext"]) for one in found if one["name"] == f"ck_{table}_{column}"), "")
    return {code.replace("''", "'") for code in _QUOTED.findall(text)}


def _apart(coded: Coded, stored: set[str], other: set[str], where: str) -> Iterator[Fault]:
    for code in sorted(stored - other):
        yield Fault(coded.vocabulary, code, f"{coded.enum.__name__} has it, {where} has not.")
    for code in sorted(other - stored):
        yield Fault(coded.vocabulary, code, f"It is in {where}, {coded.enum.__name__} has it not.")

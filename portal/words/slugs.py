"""The last part of an address that nobody else has."""

import functools
import logging
from collections.abc import Callable, Collection
from itertools import islice
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute

from portal.ground.appvar import AppVar
from portal.ground.db import db
from portal.ground.errors import Busy
from portal.words.text import slug_candidates

log = logging.getLogger(__name__)

MOST_TRIES = 8
MOST_ADDRESS = 2000  # characters that are read
AT_ONCE = 500  # slugs in one query
_RESERVED: AppVar[frozenset[str]] = AppVar("reserved")
Given = ParamSpec("Given")
Done = TypeVar("Done")


def reserve(app: Flask, words: Collection[str]) -> None:
    """Path words of our own that stand where a slug could stand, such as `new` in /organisations/new."""
    _RESERVED.set(app, frozenset(words))


def reserved_words() -> frozenset[str]:
    """The words that `reserve` was given."""
    return _RESERVED.get()


def slug_in(address: str, collection: str) -> str:
    """The slug of `/{lang}/<collection>/<slug>…` in an address that somebody pasted, or nothing."""
    if f"{collection}/" not in address[:MOST_ADDRESS]:
        return ""
    parts = [part for part in urlsplit(address[:MOST_ADDRESS]).path.split("/") if part]
    return parts[parts.index(collection) + 1] if collection in parts[:-1] else ""


def free_slug(
    text: str, *columns: InstrumentedAttribute[str], fallback: str = "untitled", own: Collection[str] = ()
) -> str:
    """The first slug for `text` that is no word of ours and stands in none of these columns, but perhaps among `own`.

    Another writer may take it before this one commits: do the use-case within `again_when_taken`.
    """
    reserved, candidates, size = reserved_words(), slug_candidates(text, fallback=fallback), 1
    while True:  # hundreds may have one name: more of its slugs are asked about each time
        some = list(islice(candidates, size))
        taken = reserved.union(set(db.session.scalars(_taken(columns), {"slugs": some})).difference(own))
        for slug in some:
            if slug not in taken:
                return slug
        size = min(size * 8, AT_ONCE)


@functools.cache
def _taken(columns: tuple[InstrumentedAttribute[str], ...]) -> sa.CompoundSelect[str]:
    slugs: sa.BindParameter[str] = sa.bindparam("slugs", expanding=True)
    return sa.union_all(*(sa.select(column).where(column.in_(slugs)) for column in columns))


class FreeSlugs:
    """Addresses for many new rows: which are taken is asked once, not for each. In use-cases that nobody else disturbs."""

    def __init__(self, *columns: InstrumentedAttribute[str], fallback: str = "untitled") -> None:
        self._taken = {
            *reserved_words(),
            *(slug for column in columns for slug in db.session.scalars(sa.select(column))),
        }
        self._fallback = fallback
        self._next: dict[str, int] = {}

    def take(self, text: str) -> str:
        """The first slug for `text` that is free, which it is no more."""
        base = next(slug_candidates(text, fallback=self._fallback))
        number = self._next.get(base, 1)
        slug = base if number == 1 else f"{base[:70]}-{number}"
        while slug in self._taken:
            number += 1
            slug = f"{base[:70]}-{number}"
        self._next[base] = number + 1
        self._taken.add(slug)
        return slug


def again_when_taken(use_case: Callable[Given, Done]) -> Callable[Given, Done]:
    """A use-case that is done once more when somebody took the same address or number in this very moment.

    The next time it finds a free one, or refuses for a reason that a person can read. Raises Busy when others were faster
    MOST_TRIES times.
    """

    @functools.wraps(use_case)
    def done(*args: Given.args, **kwargs: Given.kwargs) -> Done:
        for _ in range(MOST_TRIES):
            try:
                return use_case(*args, **kwargs)
            except IntegrityError as error:
                if not _is_taken(error):
                    raise
                log.info("taken by another writer")
        raise Busy()

    return done


def _is_taken(error: IntegrityError) -> bool:
    """Does a value stand there already? Whatever else a constraint says is a fault of ours, and no try mends it."""
    return getattr(error.orig, "sqlstate", None) == "23505" or "UNIQUE constraint failed" in str(error.orig)

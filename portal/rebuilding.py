"""What can be made anew of the whole portal: the index of the search, and the counters of all features."""

import inspect
from collections.abc import Callable, Sequence
from pathlib import Path

from portal.declaration import declared, facets, findables
from portal.ground import derived, migrations
from portal.ground.db import db, transaction
from portal.ground.derived import Derived, Renewed
from portal.words import search

RULES = "search_rules"  # the note of the digest that the stored words were made by


def indexes() -> list[Derived]:
    """All that the search and the order of lists stand on: the full-text tables, then what each feature lets be found."""
    return [search.FULL_TEXT, *(one for feature in declared() for one in feature.indexes)]


def counters() -> list[Derived]:
    """Everything that is counted when it is written."""
    return [one for feature in declared() for one in feature.counters]


def rebuild_search(tell: Callable[[Renewed], None]) -> Sequence[Renewed]:
    """Make all indexes anew, telling of each; the database then knows by which rules, unless something failed."""
    rules = _rules()
    done = _rebuild(indexes(), tell)
    if not any(one.failed for one in done):
        with transaction() as session:
            migrations.take_note(session.connection(), RULES, rules)
    return done


def rebuild_counters(tell: Callable[[Renewed], None]) -> Sequence[Renewed]:
    """Count everything anew, telling of each."""
    return _rebuild(counters(), tell)


def follow_rules(tell: Callable[[Renewed], None]) -> Sequence[Renewed]:
    """Make all indexes anew when the rules have changed since they were made."""
    with db.engine.connect() as connection:
        known = migrations.note(connection, RULES)
    return () if known == _rules() else rebuild_search(tell)


def _rebuild(parts: Sequence[Derived], tell: Callable[[Renewed], None]) -> Sequence[Renewed]:
    done = []
    for part in parts:
        done.append(derived.renew(part))
        tell(done[-1])
    return done


def _rules() -> str:
    """The rules of folding, with what each feature gives to be found and to be filtered by."""
    modules = {inspect.getfile(one.pages) for one in findables()} | {inspect.getfile(one.labels) for one in facets()}
    return search.rules_digest(Path(name) for name in modules)

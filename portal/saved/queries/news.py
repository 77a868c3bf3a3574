"""What is new in the directory, and which searches it fits: asked in memory, of the few organisations that are other than
before, so that ten thousand searches cost no ten thousand queries."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from typing import NamedTuple

import sqlalchemy as sa

from portal.declaration import facets
from portal.ground.bitmaps import bits_of, flags_of
from portal.ground.db import db
from portal.ground.statements import in_batches
from portal.organisations.models import KIND, DirectoryTerms, Organisation
from portal.organisations.queries.bitmaps import LISTED
from portal.saved.models import DirectoryNews
from portal.saved.searches import Search
from portal.words import search as words
from portal.words.facets import Facet
from portal.words.i18n import Localized

FEW = 300  # documents whose words are read for one search; for more the index is asked once
AT_ONCE = 5000


class First(NamedTuple):
    """An organisation as a mail names it."""

    id: int
    slug: str
    name: Localized
    town: str


@dataclass
class News:
    """Organisations of the directory with their terms: which of them a search finds, as the directory would say.

    `terms` has for each term the places in `numbers` of the organisations that have it, as bits.
    """

    numbers: Sequence[int]
    terms: Mapping[str, int]
    _texts: dict[int, words.Indexed | None] = field(default_factory=dict)
    _hits: dict[str, frozenset[int]] = field(default_factory=dict)

    @cached_property
    def _facets(self) -> Mapping[str, Facet]:
        return {facet.name: facet for facet in facets()}

    @cached_property
    def _codes(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for term in self.terms:
            name, _colon, code = term.partition(":")
            found.setdefault(name, []).append(code)
        return found

    def fitting(self, search: Search) -> list[int]:
        """The numbers of those that the search finds. A search for nothing, or by a facet that is not there, finds none."""
        left = self.terms.get(LISTED, 0) if not search.is_empty else 0
        for name, codes in search.chosen.items():
            facet = self._facets.get(name)
            left &= self._union(facet, codes) if facet is not None else 0
        if not left:
            return []
        numbers = list(compress(self.numbers, flags_of(left)))
        return self._worded(search.query, numbers) if search.query else numbers

    def _union(self, facet: Facet, codes: Iterable[str]) -> int:
        if facet.unions is not None:
            asked = [says for code, says in facet.unions().items() if code in codes]
            codes = [code for code in self._codes.get(facet.name, ()) if any(says(code) for says in asked)]
        found = 0
        for code in codes:
            found |= self.terms.get(f"{facet.name}:{code}", 0)
        return found

    def _worded(self, query: str, numbers: list[int]) -> list[int]:
        if len(numbers) > FEW:
            if query not in self._hits:
                self._hits[query] = frozenset(words.matching_numbers(query, KIND))
            return [number for number in numbers if number in self._hits[query]]
        lacking = [number for number in numbers if number not in self._texts]
        if lacking:
            self._texts.update(dict.fromkeys(lacking))
            self._texts.update(words.indexed_words(KIND, lacking))
        found = ((number, self._texts[number]) for number in numbers)
        return [number for number, text in found if text is not None and words.is_found(query, text)]


def news_since(since: dt.datetime | None, now: dt.datetime) -> News:
    """The organisations of the directory that are other than at a moment, or all of which that was ever noted.

    What was noted in the future (the clock went back) is new, too.
    """
    query = sa.select(DirectoryTerms.organisation_id, DirectoryTerms.terms).join(
        DirectoryNews, DirectoryNews.organisation_id == DirectoryTerms.organisation_id
    )
    if since is not None:
        query = query.where(sa.or_(DirectoryNews.changed_at >= since, DirectoryNews.changed_at > now))
    rows = db.session.execute(query.order_by(DirectoryTerms.organisation_id)).all()
    places: dict[str, list[int]] = {}
    for place, (_number, terms) in enumerate(rows):
        for term in terms.split():
            places.setdefault(term, []).append(place)
    return News([number for number, _terms in rows], {term: bits_of(found) for term, found in places.items()})


def first_of(numbers: Iterable[int], language: str, most: int) -> tuple[Sequence[First], Sequence[int]]:
    """Those of these organisations that stand in the directory at this moment: the first in the alphabet, and all numbers."""
    known: list[int] = []
    listed = DirectoryTerms.organisation_id
    for some in in_batches(sorted(numbers), AT_ONCE):
        rows = sa.select(listed, DirectoryTerms.terms).where(listed.in_(some)).order_by(listed)
        known += [number for number, terms in db.session.execute(rows) if LISTED in terms.split()]
    place = getattr(Organisation, f"sort_{language}")
    first: list[tuple[bytes, First]] = []
    for some in in_batches(known, AT_ONCE):
        found = sa.select(place, Organisation.id, Organisation.slug, Organisation.name, Organisation.town)
        found = found.where(Organisation.id.in_(some)).order_by(place, Organisation.id).limit(most)
        first += [(row[0], First(*row[1:])) for row in db.session.execute(found)]
    first.sort(key=lambda one: (one[0], one[1].id))
    return [one for _place, one in first[:most]], known

"""A search of the directory as it is kept: words and codes of facets in one form, however they were typed or chosen."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from portal.organisations.queries import Filters
from portal.words.clean import one_line

LONGEST = 4000  # characters of a stored search
LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class Search:
    """Words, and codes by facet. Made by `of` and `read`, which put it into its one form."""

    query: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, query: str, chosen: Mapping[str, Collection[str]]) -> "Search":
        """The search for these words among what was chosen."""
        codes = {name: tuple(sorted(set(chosen[name]))) for name in sorted(chosen) if chosen[name]}
        return cls(one_line(query, LONGEST_QUERY), codes)

    @classmethod
    def read(cls, stored: str) -> "Search":
        """What `stored` wrote. Raises ValueError for anything else."""
        said = json.loads(stored)
        if not isinstance(said, dict) or not isinstance(said.get("words"), str) or not _is_chosen(said.get("chosen")):
            raise ValueError("This is no stored search.")
        return cls.of(said["words"], said["chosen"])

    @property
    def stored(self) -> str:
        """The search as one text, the same for the same search."""
        said = {"chosen": {name: list(codes) for name, codes in self.chosen.items()}, "words": self.query}
        return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """By what two searches are the same: case does not matter in words."""
        return hashlib.sha256(Search(self.query.casefold(), self.chosen).stored.encode()).hexdigest()

    @property
    def values(self) -> dict[str, object]:
        """What stands in the address of the directory."""
        words: dict[str, object] = {"q": self.query} if self.query else {}
        return words | {name: list(codes) for name, codes in self.chosen.items()}

    @property
    def filters(self) -> Filters:
        return Filters(self.query, self.chosen)

    @property
    def is_empty(self) -> bool:
        """Would it find every organisation?"""
        return not self.query and not self.chosen


def _is_chosen(said: object) -> bool:
    return isinstance(said, dict) and all(
        isinstance(codes, list) and all(isinstance(code, str) for code in codes) for codes in said.values()
    )

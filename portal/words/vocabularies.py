"""Small closed lists with their names in every language: states, legal forms, areas, themes, languages.

Loaded from `portal/words/data/`, each when it is first asked for. A code that is stored is one of these, so an unknown one
is a programming error.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from portal.words.data import lines, read, rows
from portal.words.i18n.language import LANGUAGES, current_language

# Vocabularies that have a table of their own, with the column of their code; all others are in vocab.csv.
_TABLES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "bg_oblasts": (("bg_oblasts", "iso_3166_2"),),
    "bg_public_benefit_purposes": (("bg_public_benefit_purposes", "code"),),
    "icnpo": (("icnpo", "code"),),
    "languages": (("languages", "code"),),
    "legal_forms": (("legal_forms", "code"),),
    "pl_public_task_spheres": (("pl_public_task_spheres", "code"),),
    "pl_voivodeships": (("pl_voivodeships", "iso_3166_2"),),
    "regions": (("pl_voivodeships", "iso_3166_2"), ("bg_oblasts", "iso_3166_2")),
    "sdg": (("sdg", "code"),),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One entry; unpacks into (code, label in the current language), as choices of a form want it.

    `facts` are the other columns of its table: `informal` and `country` of a legal form, `parent` of an ICNPO group.
    """

    code: str
    labels: Mapping[str, str]
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return self.labels[current_language()]

    def __iter__(self) -> Iterator[str]:
        return iter((self.code, self.label))


def vocabulary(name: str) -> Sequence[Term]:
    """All terms in the order of their table. Raises KeyError for a list that does not exist."""
    return tuple(_terms(name).values())


def pairs(terms: Iterable[Term]) -> list[tuple[str, str]]:
    """(code, label in the current language), as choices want them."""
    return [(term.code, term.label) for term in terms]


def term(name: str, code: str) -> Term:
    """One term. Raises KeyError that names the list and the code."""
    try:
        return _terms(name)[code]
    except KeyError:
        raise KeyError(f"The vocabulary {name!r} has no term {code!r}") from None


def label(name: str, code: str, lang: str | None = None) -> str:
    """What a code is called, in the current language or in `lang`."""
    return term(name, code).labels[lang or current_language()]


def language_name(code: str) -> str:
    """The name of a language in the language of the page, lower case as its grammar wants: 'bułgarski', 'Bulgarian'."""
    return label("languages", code)


def language_names(codes: str) -> str:
    """Several languages by name, from codes with commas: 'polski, angielski'."""
    return ", ".join([language_name(code) for code in codes.split(",") if code])


@cache
def _terms(name: str) -> Mapping[str, Term]:
    if name in _TABLES:
        found = [_term(row, column) for table, column in _TABLES[name] for row in rows(table)]
    else:
        found = [_term(row, "code") for row in read(_small().get(name, b"").decode().splitlines())]
    if not found:
        raise KeyError(f"There is no vocabulary {name!r}")
    return MappingProxyType({entry.code: entry for entry in found})


@cache
def _small() -> Mapping[str, bytes]:
    """The lines of each list of vocab.csv, with the head: terms are made of those that somebody asks for, which are few. As
    UTF-8 they take half the room."""
    head, *terms = lines("vocab")
    lists: dict[str, list[str]] = {}
    for line in terms:
        lists.setdefault(line.partition(",")[0], [head]).append(line)
    return {name: "\n".join(own).encode() for name, own in lists.items()}


def _term(row: Mapping[str, str], code: str) -> Term:
    labels = {language: row[language] for language in LANGUAGES}
    facts = {column: value for column, value in row.items() if column not in (*LANGUAGES, code, "vocabulary")}
    return Term(row[code], MappingProxyType(labels), MappingProxyType(facts))


def names() -> Sequence[str]:
    """Every vocabulary that exists."""
    return (*_TABLES, *_small())

"""What a feature can give, thing by thing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from portal.mail import Kind
from portal.words.i18n import LazyString, Localized

Words: TypeAlias = LazyString | Localized | str
Json: TypeAlias = Mapping[str, Any]  # what is stored about a task


@dataclass(frozen=True, slots=True)
class PanelLink:
    """One thing to go to. `note` says what the person is there, such as `coordinator`."""

    text: Words
    url: str
    note: Words = ""


@dataclass(frozen=True, slots=True)
class PanelCount:
    """A number with its noun that leads to what it counts; `is_late` when somebody has waited too long."""

    number: int
    words: Words
    url: str
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class PanelCase:
    """One thing that waits for the person: what it is, of whom, until when, and the one act."""

    kind: Words
    name: Words
    url: str
    until: Words
    act: Words
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """A heading with links, on a person's own page. An empty panel says `empty` or, without it, is not shown.

    What waits for the person (`counts`, `cases`) stands above the links.
    """

    heading: Words
    links: Sequence[PanelLink] = field(default_factory=tuple)
    counts: Sequence[PanelCount] = ()
    cases: Sequence[PanelCase] = ()
    empty: Words = ""
    place: int = 0  # smaller ones stand first


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody of the demo who can sign in, and in which language; `role` says what this person can be tried for."""

    role: str
    name: str
    locale: str

    @property
    def address(self) -> str:
        return f"{self.role}@example.org"


@dataclass(frozen=True, slots=True)
class Demo:
    """A feature's part of the demo: its people, what it adds to the parts of lower features, and a larger size of it.

    `load` gets the cast of the demo; `enlarge` gets how many there are to be and a seed, the same for the same rows.
    """

    people: Sequence[DemoPerson] = ()
    load: Callable[[Any], None] = lambda cast: None
    enlarge: Mapping[str, Callable[[int, int], int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a message can go to: `people` are the numbers of those who belong to it at this moment, never a kept list.
    `hint` says who that is; `why` is the msgid of the sentence that tells them, in their mail, why they get it.
    """

    code: str
    label: Words
    hint: Words
    why: str
    people: Callable[[int], sa.Select[int]]


def _nothing_beside(row: object, code: str) -> Words | None:
    return None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One more condition on whoever gets a message, chosen from a list: a session, a day, a language.

    `options` of a thing are (code, words); `people` are the numbers of those of whom a code of them holds. An unknown code
    holds of nobody. `beside` says the words of a code that is no option of the list and still holds, such as people whom
    somebody has ticked elsewhere; None for every other.
    """

    code: str
    label: LazyString
    options: Callable[[Any], Sequence[tuple[str, Words]]]
    people: Callable[[int, str], sa.Select[int]]
    beside: Callable[[Any, str], Words | None] = _nothing_beside

    def offered(self, row: object, chosen: str = "") -> Sequence[tuple[str, Words]]:
        """What can be chosen of it, with what is chosen already, where that is no option of the list."""
        options = self.options(row)
        words = self.beside(row, chosen) if chosen and chosen not in dict(options) else None
        return options if words is None else [*options, (chosen, words)]


@dataclass(frozen=True, slots=True)
class Unmailed:
    """How many people of a thing no mail reaches, and the endpoint and values of the page that lists them."""

    number: int
    page: tuple[str, Mapping[str, object]]


def _nobody(row: object) -> Unmailed | None:
    return None


@dataclass(frozen=True, slots=True)
class Sender:
    """A kind of thing in whose name people write to an audience (`portal.messages`): a network, an event.

    `by_slug` and `by_number` find one, `permission` says of it who may write in its name. `name` is its name,
    `contact` the address that answers go to or nothing, `page` the endpoint and values of its own page. `mail` is the kind
    of these mails: who does not want it is left out. `unmailed` says of one who has no mailbox and is told otherwise.
    """

    code: str
    model: type[Any]
    by_slug: Callable[[str], Any]
    by_number: Callable[[int], Any]
    permission: StrEnum
    name: Callable[[Any], Localized]
    contact: Callable[[Any], str]
    page: Callable[[Any], tuple[str, Mapping[str, object]]]
    mail: Kind
    audiences: Sequence[Audience]
    narrowings: Sequence[Narrowing] = ()
    unmailed: Callable[[Any], Unmailed | None] = _nobody

    def audience(self, code: str) -> Audience | None:
        """One of its audiences by code; None for one of another release."""
        return next((one for one in self.audiences if one.code == code), None)


def _nothing(arguments: Json, number: int) -> None:
    """What a kind of task does about an item that failed, where it has nothing to note."""


def _no_result(arguments: Json, state: str) -> Json:
    return {}


def _no_words(result: Json) -> Sequence[Words]:
    return ()


def _no_page(arguments: Json) -> None: ...


@dataclass(frozen=True, slots=True)
class TaskKind:
    """Long work whose progress people can watch (`portal.tasks`), item by item, each known by a number.

    `total` counts what is to be done when it begins. `following(arguments, after, limit)` says which items are next, at
    most so many: those beyond the number `after`, or those of which something that is stored says that they are not done
    yet. `work` does one inside the transaction that also notes the progress, so it is done once and never half; what it
    raises spoils that item alone, and `spoilt` may note it. `ended` is told, inside the transaction that ends the task,
    how it ended, and returns what is worth saying of it, as JSON, which `told` says in the language of the reader.
    `reasons` are the sentences of the codes that `portal.tasks.services.CannotGoOn` is raised with. `batch` items are done
    in one transaction: few, where each takes long, for meanwhile nobody else writes on SQLite.
    """

    name: str
    title: Words
    total: Callable[[Json], int]
    following: Callable[[Json, int, int], Sequence[int]]
    work: Callable[[Json, int], None]
    spoilt: Callable[[Json, int], None] = _nothing
    ended: Callable[[Json, str], Json] = _no_result
    told: Callable[[Json], Sequence[Words]] = _no_words
    page: Callable[[Json], str | None] = _no_page
    reasons: Mapping[str, Words] = field(default_factory=dict)
    batch: int = 20


@dataclass(frozen=True, slots=True)
class Acts:
    """Rows whose audit trail an organisation may read: numbers `of` its own, and what they are called."""

    model: type[Any]
    of: Callable[[int], sa.Select[int]]
    names: Callable[[Sequence[int]], Mapping[int, Localized]] = lambda numbers: {}


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of codes that people read: its enum, its CHECK and the terms of its vocabulary are the same.

    `beside` are terms that are never stored: they are derived, or a state that nothing leads to yet.
    """

    column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None]
    enum: type[StrEnum]
    vocabulary: str
    beside: frozenset[str] = frozenset()

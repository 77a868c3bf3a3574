"""The one declaration of what a feature gives to the whole: `FEATURE` in `portal/<feature>/feature.py`.

Whatever is joined from all features (access, facts, what is held about people, search, menu, periodic work, the demo) is
read from these; `portal/features.py` is the ordered list of them, lowest first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

import click
import sqlalchemy as sa
from flask import Blueprint, Flask
from sqlalchemy.orm import InstrumentedAttribute

from portal.face.look import Column, Entry
from portal.face.web.moved import Moves
from portal.ground.appvar import AppVar
from portal.ground.authz import Actor, Identity, Rules
from portal.ground.checks import Check
from portal.ground.config import Config
from portal.ground.derived import Derived
from portal.ground.facts import Answers, Previews
from portal.ground.jobs import Periodic
from portal.ground.sights import Sights
from portal.ground.states import States
from portal.mail import Kind, Pages
from portal.privacy import Part
from portal.privacy.consents import ConsentText
from portal.words.i18n import LazyString, Localized
from portal.words.search import Findable

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


@dataclass(frozen=True, slots=True)
class Sender:
    """A kind of thing in whose name people write to an audience (`portal.messages`): a network, later an event.

    `by_slug` and `by_number` find one, `permission` says of it who may write in its name. `name` is its name,
    `contact` the address that answers go to or nothing, `page` the endpoint and values of its own page. `mail` is the kind
    of these mails: who does not want it is left out.
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

    def audience(self, code: str) -> Audience | None:
        """One of its audiences by code; None for one of another release."""
        return next((one for one in self.audiences if one.code == code), None)


def _nothing(arguments: Json, number: int) -> None:
    """What a kind of task does about an item that failed, where it has nothing to note."""


def _no_result(arguments: Json, state: str) -> Json:
    return {}


def _no_words(result: Json) -> Sequence[Words]:
    return ()


def _no_page(arguments: Json) -> None:
    """A task that is about nothing with a page of its own."""


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
class Coded:
    """A column of codes that people read: its enum, its CHECK and the terms of its vocabulary are the same.

    `beside` are terms that are never stored: they are derived, or a state that nothing leads to yet.
    """

    column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None]
    enum: type[StrEnum]
    vocabulary: str
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Feature:
    """What a feature gives. What it does not have, it does not say.

    `rules` say who may, `sights` who may know of its objects at all. `facts` are what it announces and `answers` what it
    does when lower features announce; `previews` say beforehand whom a fact would touch. `indexes` and `counters` are what
    follows from its rows and can be made anew. `tasks` are kinds of long work with progress, `senders` kinds of things in
    whose name people write to many. `reserved` are words that stand in an address where a slug could stand, and `moves`
    lead from addresses that its things once had to those of today. `console` are its commands, and `grants` the roles that
    `portal person grant` gives, each with a function of address and network. `mail_kinds` are those of its mails,
    `consents` what it asks people to agree to.
    """

    name: str
    blueprints: Sequence[Blueprint]
    rules: Rules = field(default_factory=dict)
    sights: Sights = field(default_factory=dict)
    facts: Sequence[type] = ()
    answers: Answers = ()
    previews: Previews = ()
    privacy: Part | None = None
    findables: Sequence[Findable] = ()
    indexes: Sequence[Derived] = ()
    counters: Sequence[Derived] = ()
    checks: Callable[[], Sequence[Check]] = tuple
    states: Sequence[States[Any, Any]] = ()
    codes: Sequence[Coded] = ()
    panels: Sequence[Callable[[Any], Panel | None]] = ()
    periodic: Sequence[Periodic] = ()
    tasks: Sequence[TaskKind] = ()
    senders: Sequence[Sender] = ()
    menu: Sequence[Entry] = ()
    footer: Sequence[tuple[Column, Entry]] = ()
    reserved: frozenset[str] = frozenset()
    moves: Moves = field(default_factory=dict)
    demo: Demo = Demo()
    console: Sequence[click.Command] = ()
    grants: Mapping[str, Callable[[str, str | None], None]] = field(default_factory=dict)
    consents: Sequence[ConsentText] = ()
    mail_kinds: Sequence[Kind] = ()
    mail_pages: Pages | None = None
    identity: Identity | None = None
    home: str | None = None
    init: Callable[[Flask, Config], None] = lambda app, config: None


_FEATURES: AppVar[tuple[Feature, ...]] = AppVar("features")


def join_features(app: Flask, features: Sequence[Feature]) -> None:
    """Keep the declarations. Two of one name, or two kinds of search with one code or number, do not start."""
    kinds = [one.kind for feature in features for one in feature.findables]
    names: tuple[list[str | int], ...] = (
        [f.name for f in features],
        [task.name for feature in features for task in feature.tasks],
        [sender.code for feature in features for sender in feature.senders],
        [k.code for k in kinds],
        [k.number for k in kinds],
    )
    twice = {name for known in names for name in known if known.count(name) > 1}
    if twice:
        raise RuntimeError(f"Declared twice: {twice}")
    _FEATURES.set(app, tuple(features))


def declared() -> tuple[Feature, ...]:
    """The declarations of this application, in ladder order."""
    return _FEATURES.get()


def task_kind(name: str) -> TaskKind | None:
    """The kind of long work that is declared under a name; None for one of another release."""
    return next((kind for feature in declared() for kind in feature.tasks if kind.name == name), None)


def sender_kind(code: str) -> Sender | None:
    """The kind of sender that is declared under a code; None for one that no feature declares."""
    return next((kind for feature in declared() for kind in feature.senders if kind.code == code), None)


def findables() -> list[Findable]:
    """All kinds of things that are found, in ladder order."""
    return [one for feature in declared() for one in feature.findables]


def panels_for(person: Actor) -> list[Panel]:
    """The panels of all features that have something to say to this person, in ladder order."""
    told = [tell(person) for feature in declared() for tell in feature.panels]
    shown = [panel for panel in told if panel is not None and (panel.links or panel.empty)]
    return sorted(shown, key=lambda panel: panel.place)

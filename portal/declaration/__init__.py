"""The one declaration of what a feature gives to the whole: `FEATURE` in `portal/<feature>/feature.py`.

Whatever is joined from all features (access, facts, what is held about people, search, menu, periodic work, the demo) is
read from these; `portal/features.py` is the ordered list of them, lowest first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import click
from flask import Blueprint, Flask

from portal.declaration.parts import (
    Acts,
    Audience,
    Coded,
    Demo,
    DemoPerson,
    Json,
    Narrowing,
    Panel,
    PanelCase,
    PanelCount,
    PanelLink,
    Sender,
    TaskKind,
    Unmailed,
    Words,
)
from portal.face.look import Column, Entry, OnProfile, ProfilePart
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
from portal.privacy.visible import Seen, Visible
from portal.words.facets import Facet
from portal.words.search import Findable

__all__ = [
    "Acts",
    "Audience",
    "Coded",
    "Demo",
    "DemoPerson",
    "Facet",
    "Feature",
    "Json",
    "Narrowing",
    "OnProfile",
    "Panel",
    "PanelCase",
    "PanelCount",
    "PanelLink",
    "ProfilePart",
    "Seen",
    "Sender",
    "TaskKind",
    "Unmailed",
    "Visible",
    "Words",
    "declared",
    "facets",
    "findables",
    "join_features",
    "panels_for",
    "profile_parts_of",
    "said_on_profile",
    "seen_of",
    "sender_kind",
    "task_kind",
    "to_do_for",
]


@dataclass(frozen=True, slots=True)
class Feature:
    """What a feature gives. What it does not have, it does not say.

    `rules` say who may, `sights` who may know of its objects at all. `facts` are what it announces and `answers` what it
    does when lower features announce; `previews` say beforehand whom a fact would touch. `indexes` and `counters` are
    what follows from its rows and can be made anew. `facets` are what the directory is filtered by. `to_do` counts what
    waits for somebody who decides, on a page of its own. `on_profile` adds to the page of an
    organisation, for whoever reads it. `profile_parts` are pages about an organisation that its overview
    lists, each a function of the organisation that leaves out what the person of the request may not open. `tasks`
    are kinds of long work with progress, `senders` kinds of things in whose name people write to many. `reserved` are
    words that stand in an address where a slug could stand, and `moves` lead from addresses that its things once had
    to those of today. `console` are its commands, and `grants` the roles that `portal person grant` gives, each with
    a function of address and network. `mail_kinds` are those of its mails, `visible` what others see about a person,
    `consents` what it asks people to agree to. `acts` are rows whose audit trail organisations may read.
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
    facets: Sequence[Facet] = ()
    indexes: Sequence[Derived] = ()
    counters: Sequence[Derived] = ()
    checks: Callable[[], Sequence[Check]] = tuple
    states: Sequence[States[Any, Any]] = ()
    codes: Sequence[Coded] = ()
    panels: Sequence[Callable[[Any], Panel | None]] = ()
    profile_parts: Sequence[Callable[[Any], Sequence[ProfilePart]]] = ()
    to_do: Sequence[Callable[[Any], PanelCount]] = ()
    on_profile: Callable[[Any, Any], OnProfile] | None = None
    periodic: Sequence[Periodic] = ()
    tasks: Sequence[TaskKind] = ()
    senders: Sequence[Sender] = ()
    menu: Sequence[Entry] = ()
    footer: Sequence[tuple[Column, Entry]] = ()
    reserved: frozenset[str] = frozenset()
    moves: Moves = field(default_factory=dict)
    demo: Demo = field(default_factory=Demo)
    console: Sequence[click.Command] = ()
    grants: Mapping[str, Callable[[str, str | None], None]] = field(default_factory=dict)
    visible: Visible = field(default_factory=Visible)
    consents: Sequence[ConsentText] = ()
    acts: Sequence[Acts] = ()
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
        [facet.name for feature in features for facet in feature.facets],
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


def profile_parts_of(organisation: object) -> list[ProfilePart]:
    """The pages of all features on which the person of this request settles something about an organisation."""
    parts = [part for feature in declared() for tell in feature.profile_parts for part in tell(organisation)]
    return sorted(parts, key=lambda part: part.place)


def facets() -> list[Facet]:
    """All facets of the directory, in ladder order: so they stand on its page."""
    return [one for feature in declared() for one in feature.facets]


def to_do_for(person: Actor) -> list[PanelCount]:
    """What waits for somebody who decides, beside the cases of networks: those of all features that have any."""
    told = [tell(person) for feature in declared() for tell in feature.to_do]
    return [count for count in told if count.number]


def panels_for(person: Actor) -> list[Panel]:
    """The panels of all features that have something to say to this person, in ladder order."""
    told = [tell(person) for feature in declared() for tell in feature.panels]
    shown = [panel for panel in told if panel is not None and (panel.links or panel.empty)]
    return sorted(shown, key=lambda panel: panel.place)


def seen_of(person: Actor) -> list[Seen]:
    """What others can see about this person, told by all features in ladder order."""
    return [line for feature in declared() for line in feature.visible.lines(person)]


def said_on_profile(organisation: object, person: Actor | None) -> list[OnProfile]:
    """What the features add to the page of an organisation for this reader, in ladder order."""
    return [feature.on_profile(organisation, person) for feature in declared() if feature.on_profile is not None]

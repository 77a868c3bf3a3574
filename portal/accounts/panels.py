"""What a person may do, on their own page: each feature tells its part, joined in portal/features.py."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from flask import current_app

from portal.accounts.models import Person
from portal.words.i18n import LazyString, Localized

Words: TypeAlias = LazyString | Localized | str


@dataclass(frozen=True, slots=True)
class PanelLink:
    """One thing to go to. `note` says what the person is there, such as `coordinator`."""

    text: Words
    url: str
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A heading with links. An empty panel says `empty` or, without it, is not shown."""

    heading: Words
    links: Sequence[PanelLink] = field(default_factory=tuple)
    empty: Words = ""


HomePanel = Callable[[Person], Panel | None]


def panels_for(person: Person) -> list[Panel]:
    """The panels of all features that have something to say to this person, in ladder order."""
    tellers: Sequence[HomePanel] = current_app.extensions["portal.home_panels"]
    told = [tell(person) for tell in tellers]
    return [panel for panel in told if panel is not None and (panel.links or panel.empty)]

"""In whose name a message is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.declaration import Audience, Narrowing, Sender, Words, sender_kind
from portal.messages.models import Message
from portal.words.i18n import Localized


@dataclass(frozen=True, slots=True)
class Place:
    """One thing in whose name people write, such as one network."""

    kind: Sender
    row: Any

    @property
    def number(self) -> int:
        number: int = self.row.id
        return number

    @property
    def slug(self) -> str:
        slug: str = self.row.slug
        return slug

    @property
    def name(self) -> Localized:
        return self.kind.name(self.row)


def place_at(sender: str, slug: str) -> Place | None:
    """The thing of a kind at an address."""
    kind = sender_kind(sender)
    row = kind.by_slug(slug) if kind else None
    return Place(kind, row) if kind and row is not None else None


def place_of(message: Message) -> Place | None:
    """In whose name a message is; None when that is gone."""
    kind = sender_kind(message.sender)
    row = kind.by_number(message.sender_number) if kind else None
    return Place(kind, row) if kind and row is not None else None


def audience_of(message: Message) -> Audience | None:
    """To whom it goes; None when that, or something that narrows it, is of another release."""
    kind = sender_kind(message.sender)
    if kind is None or message.narrowed.keys() - {one.code for one in kind.narrowings}:
        return None
    return kind.audience(message.audience)


def narrowings_of(message: Message) -> Sequence[tuple[Narrowing, str]]:
    """What narrows the audience of a message, with the option that was chosen; in the order of its kind."""
    kind = sender_kind(message.sender)
    known = kind.narrowings if kind else ()
    return [(one, message.narrowed[one.code]) for one in known if one.code in message.narrowed]


def narrowed_words(place: Place, message: Message) -> Sequence[tuple[Words, Words]]:
    """(list, option) of what narrows the audience of a message; an option that is gone says its code."""
    return [
        (narrowing.label, dict(narrowing.offered(place.row, option)).get(option, option))
        for narrowing, option in narrowings_of(message)
    ]

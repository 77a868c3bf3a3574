"""In whose name a message is written."""

from dataclasses import dataclass
from typing import Any

from portal.declaration import Audience, Sender, sender_kind
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
    kind = sender_kind(message.sender)
    return kind.audience(message.audience) if kind else None

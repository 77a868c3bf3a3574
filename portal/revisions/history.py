"""What a feature says of things whose history is kept, and how a row becomes a snapshot and is read from one."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.ground.errors import Refusal
from portal.words.fields import Field, FieldSet, Kind
from portal.words.i18n import Localized, _l

Data = Mapping[str, Any]  # what a snapshot holds, by the name of the field, as JSON

NOT_OFFERED = _l("The version that you want back has a value here that is not offered any more.")


def _nothing(row: object) -> Mapping[str, object]:
    return {}


def _hides_nothing(person: object, row: object, data: Data) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True)
class History:
    """A kind of thing whose history is kept.

    `fields` are what is written about it: a new field is kept from its own line on. `beside` reads those of them that are
    no columns. `hidden` says which fields of a snapshot somebody may not see, by what that snapshot says of itself.
    """

    kind: str
    fields: FieldSet
    beside: Callable[[Any], Mapping[str, object]] = _nothing
    hidden: Callable[[Any, Any, Data], frozenset[str]] = _hides_nothing

    def snapshot(self, row: object) -> dict[str, object]:
        """All that the row says now."""
        beside = self.beside(row)
        return {
            field.name: _as_json(beside[field.name] if field.name in beside else getattr(row, field.stored))
            for field in self.fields
        }

    def differ(self, one: Data, other: Data) -> bool:
        """Do two snapshots say something else? A field that one of them did not know yet is empty there."""
        return any(self.said(field, one) != self.said(field, other) for field in self.fields)

    def said(self, field: Field, data: Data) -> object:
        """The stored value, None where there is none."""
        value = data.get(field.name)
        if field.translated and value is not None:
            return value if any(value["texts"].values()) else None
        return None if value == _as_json(field.kind.nothing) else value

    def text(self, data: Data, field: Field) -> Localized:
        """A translated field of a snapshot."""
        return Localized.from_json(data[field.name]) if self.said(field, data) else Localized()

    def value(self, data: Data, field: Field, language: str) -> object:
        """What a form of this field starts with: its text in one language, or its value."""
        if field.translated:
            return self.text(data, field).get(field.language or language)
        value = self.said(field, data)
        return field.kind.nothing if value is None else _from_json(field, value)

    def no_longer_offered(self, data: Data) -> Iterator[Refusal]:
        """A fault for each field of a snapshot whose code nobody can choose any more."""
        for field in self.fields:
            value = self.said(field, data)
            if field.choices is not None and value is not None:
                offered = {code for code, _label in field.choices()}
                if not offered.issuperset(value if isinstance(value, list) else [value]):
                    yield Refusal(NOT_OFFERED, field=field.name)


def _as_json(value: object) -> object:
    if isinstance(value, Localized):
        return value.as_json()
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _from_json(field: Field, value: object) -> object:
    readers: Mapping[Kind, Callable[[Any], object]] = {
        Kind.SEVERAL: tuple,
        Kind.DAY: dt.date.fromisoformat,
        Kind.MOMENT: dt.datetime.fromisoformat,
        Kind.DECIMAL: Decimal,
    }
    read = readers.get(field.kind)
    return value if read is None else read(value)

"""The fields of a row, in the order in which they are asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from portal.ground import clock
from portal.ground.errors import Refusal
from portal.ground.sentences import Sentence
from portal.words.fields.field import Field, Kind
from portal.words.fields.given import Given
from portal.words.i18n import Localized
from portal.words.richtext import clean


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together in a form, with a heading of their own if they have a `legend`."""

    fields: tuple[Field, ...]
    legend: Sentence = ""
    beside: bool = False  # two in a row, where there is room

    @classmethod
    def of(cls, legend: Sentence, *fields: Field, beside: bool = False) -> "Group":
        return cls(fields, legend, beside)


class FieldSet:
    """Fields by name. A row is read, made and written by it, in one language at a time."""

    def __init__(self, *parts: Field | Group) -> None:
        self.groups = tuple(part if isinstance(part, Group) else Group((part,)) for part in parts)
        self._fields = {field.name: field for group in self.groups for field in group.fields}
        assert len(self._fields) == sum(len(group.fields) for group in self.groups), "a name stands twice"

    def __iter__(self) -> Iterator[Field]:
        return iter(self._fields.values())

    def __getitem__(self, name: str) -> Field:
        return self._fields[name]

    def __contains__(self, name: object) -> bool:
        return name in self._fields

    def where(self, holds: Callable[[Field], bool]) -> "FieldSet":
        """Some of the fields, in their groups."""
        kept = (replace(group, fields=tuple(filter(holds, group.fields))) for group in self.groups)
        return FieldSet(*(group for group in kept if group.fields))

    @property
    def in_any_language(self) -> "FieldSet":
        """The same fields, written in whichever language: a text that is not there is shown in its original one."""

        def eased(field: Field) -> Field:
            return replace(field, needed=None) if field.translated else field

        return FieldSet(*(replace(group, fields=tuple(map(eased, group.fields))) for group in self.groups))

    @property
    def texts(self) -> "FieldSet":
        """What is translated, as the form of a translation asks for it."""
        return self.in_any_language.where(lambda field: field.translated)

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(field.stored for field in self))

    @cached_property
    def nothing(self) -> Mapping[str, object]:
        """What a new row holds where nobody has said anything; without the fields that somebody must fill in."""
        empty = {field.name: field.kind.nothing for field in self if not field.needed}
        return MappingProxyType(empty | {field.name: field.start for field in self if field.start is not None})

    # What comes in

    def given(self, values: Mapping[str, object]) -> Given:
        """Values for all of these fields. TypeError for one that is not a field, is missing or of the wrong kind."""
        if values.keys() != self._fields.keys():
            raise TypeError(f"Not the fields of this row: {', '.join(sorted(values.keys() ^ self._fields.keys()))}")
        taken: dict[str, object] = {}
        faults: list[Refusal] = []
        for field in self:
            try:
                taken[field.name] = _taken(field, values[field.name])
            except Refusal as fault:
                faults.append(fault)
            if (
                field.needed and values[field.name] is None
            ):  # an empty text is a matter of forms; a column has no room for None
                faults.append(Refusal(field.needed, field=field.name))
        return Given(taken, faults)

    def given_new(self, values: Mapping[str, object]) -> Given:
        """Values for a new row: what is in `nothing` may be missing."""
        return self.given({**self.nothing, **values})

    # What is stored

    def read(self, row: object, language: str, zone: str = "") -> dict[str, object]:
        """What is stored in one language, by field; moments as wall times of `zone`."""
        return {field.name: _shown(field, getattr(row, field.stored), language, zone) for field in self}

    def new(self, given: Given, language: str) -> dict[str, object]:
        """The columns of a new row, its texts in one language."""
        return self._written(given, language, dict.fromkeys(self.columns))

    def write(self, row: object, given: Given, language: str) -> None:
        """Write the columns: texts in one language, original or translation; those in the others stay."""
        for column, value in self._written(
            given, language, {name: getattr(row, name) for name in self.columns}
        ).items():
            setattr(row, column, value)

    def translate(self, row: object, given: Given, language: str, *, compared: bool = True) -> None:
        """Write the texts in a language that is not their original one; an empty text removes that translation.

        Without an original there is nothing to translate. A translation that is left as it was counts as up to date only
        if it was `compared` with the original.
        """
        given.check()
        for field in self:
            text: Localized | None = getattr(row, field.stored)
            words = given.text(field.name)
            if text and (compared or words != text.get(language)):
                setattr(row, field.stored, text.with_translation(language, words))

    def _written(self, given: Given, language: str, stored: Mapping[str, object]) -> dict[str, object]:
        given.check()
        found = dict(stored)
        texts = {name: value for name, value in stored.items() if isinstance(value, Localized) and value}
        for field in self:
            if not field.translated:
                found[field.stored] = field.joined.join(given.codes(field.name)) if field.joined else given[field.name]
        for field in sorted(
            filter(lambda one: one.translated, self), key=lambda one: _comes_later(one, texts, language)
        ):
            text = texts.get(field.stored) or Localized(language)
            texts[field.stored] = text.with_text(field.language or language, given.text(field.name))
        return found | texts

    # What is shown

    def facts(self, row: object) -> list[tuple[Sentence, object]]:
        """(label, value) of all fields, as a list of facts on a page shows them; codes by their labels."""
        return [
            (field.label, field.told(row) if field.told else _told(field, getattr(row, field.stored))) for field in self
        ]


def _taken(field: Field, value: object) -> object:
    if field.kind is Kind.SEVERAL and isinstance(value, Iterable) and not isinstance(value, str):
        value = tuple(dict.fromkeys(value))
    if not field.fits(value):
        raise TypeError(f"{field.name} is {field.kind}, and not {value!r}")
    return clean(str(value), field=field.name) if field.kind is Kind.RICH else value


def _shown(field: Field, value: object, language: str, zone: str) -> object:
    if field.translated:
        return value.get(field.language or language) if isinstance(value, Localized) else ""
    if field.kind is Kind.MOMENT and value is not None:
        return clock.to_wall(value, zone)  # type: ignore[arg-type]
    if field.joined:
        return tuple(filter(None, str(value).split(field.joined)))
    return value


def _comes_later(field: Field, texts: Mapping[str, Localized], language: str) -> bool:
    """Is this a translation? It is made from the original, so that is written first."""
    original = texts[field.stored].original if field.stored in texts else language
    return field.language not in ("", original)


def _told(field: Field, value: object) -> object:
    if field.translated or value == field.kind.nothing:
        return value
    if field.choices is None:
        return str(value)
    labels = dict(field.choices())
    return ", ".join(str(labels[code]) for code in (value if isinstance(value, tuple) else (str(value),)))

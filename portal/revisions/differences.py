"""What changed between two snapshots, field by field, as a page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.ground.sentences import Sentence
from portal.revisions.comparing import Row, compare
from portal.revisions.history import Data, History
from portal.words.fields import Field, Kind
from portal.words.i18n import LANGUAGES
from portal.words.richtext import plain


@dataclass(frozen=True, slots=True)
class Change:
    """A field that changed. `language` is that of a translated text, else empty.

    Without rows it is one that the reader may not see (`is_hidden`), or only its formatting changed.
    """

    label: Sentence
    language: str
    rows: tuple[Row, ...] = ()
    is_hidden: bool = False


def changes(history: History, before: Data, after: Data, hidden: frozenset[str] = frozenset()) -> list[Change]:
    """The fields in which two snapshots differ, in the order in which they are asked for."""
    return [change for field in history.fields for change in _of(history, field, before, after, hidden)]


def _of(history: History, field: Field, before: Data, after: Data, hidden: frozenset[str]) -> Iterator[Change]:
    if history.said(field, before) == history.said(field, after):
        return
    if field.name in hidden:
        yield Change(field.label, "", is_hidden=True)
    elif field.translated:
        old, new = history.text(before, field), history.text(after, field)
        for language in LANGUAGES:
            if old.get(language) != new.get(language):
                rows = compare(_words(field, old.get(language)), _words(field, new.get(language)))
                yield Change(field.label, language, tuple(row for row in rows))
    else:
        yield Change(field.label, "", tuple(compare(shown(field, before), shown(field, after))))


def shown(field: Field, data: Data) -> str:
    """A value that is the same in every language, as people read it: codes by their labels."""
    value = data.get(field.name)
    if value is None or value == field.kind.nothing:
        return ""
    if field.choices is None:
        return str(value)
    labels = {code: str(label) for code, label in field.choices()}
    return ", ".join(labels.get(code, code) for code in (value if isinstance(value, list) else [str(value)]))


def _words(field: Field, text: str) -> str:
    return plain(text) if field.kind is Kind.RICH else text

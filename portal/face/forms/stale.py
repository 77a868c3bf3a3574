"""Edits of stored rows: the version that the writer saw, and what two writers left different."""

from decimal import Decimal
from typing import Any, Self

import wtforms

from portal.face.forms.base import Form
from portal.face.forms.fields import DateField, DateTimeField, EditorArea, HiddenField, typed_number
from portal.words.i18n import _
from portal.words.richtext import plain


class Versioned(Form):
    """A form about a stored row: it carries the version that the writer saw."""

    version = HiddenField()

    @classmethod
    def on(cls, row: object, language: str, *, zone: str = "", **more: object) -> Self:
        return super().on(row, language, zone=zone, version=getattr(row, "row_version"), **more)  # noqa: B009

    @property
    def seen(self) -> int:
        """The version as a number; -1, which no row has, when what came back is none."""
        return whole_number(self.version.data)

    def values(self) -> dict[str, Any]:
        return {**super().values(), "version": self.seen}

    @property
    def differences(self) -> list[tuple[str, str, str]]:
        """(label, mine, theirs) of every field in which the stored row differs from what was typed, after a stale edit."""
        rows = []
        for name, theirs in self.theirs.items():
            field = self[name]
            mine, stored = _text(field, field.data), _text(field, theirs)
            if mine != stored:
                rows.append((field.label.text, mine, stored))
        return rows


def whole_number(text: str | None) -> int:
    """A number that travelled in an address or a hidden field; -1 for whatever is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1


def _text(field: wtforms.Field, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    labels = {str(choice.value): str(choice.label) for choice in getattr(field, "choices", None) or []}
    if isinstance(value, list | tuple):
        return ", ".join(labels.get(str(one), str(one)) for one in sorted(value))
    if isinstance(field, DateField | DateTimeField):
        return field.said(value)  # type: ignore[arg-type]
    if isinstance(value, Decimal):
        return typed_number(value)
    return plain(str(value)) if isinstance(field, EditorArea) else labels.get(str(value), str(value))

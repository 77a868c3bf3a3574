"""What forms show besides their fields."""

from typing import Any

from portal.core.forms import Form


def differences(form: Form) -> list[tuple[Any, str, str]]:
    """(label, mine, theirs) of every field in which the stored row differs from what was typed, after a stale edit."""
    rows = []
    for name, theirs in form.theirs.items():
        field = form[name]
        mine, stored = _text(field, field.data), _text(field, theirs)
        if mine != stored:
            rows.append((field.label.text, mine, stored))
    return rows


def _text(field: Any, value: Any) -> str:
    if value is None:
        return ""
    labels = {str(choice.value): str(choice.label) for choice in getattr(field, "choices", None) or []}
    if isinstance(value, list | tuple):
        return ", ".join(labels.get(str(one), str(one)) for one in value)
    if hasattr(value, "strftime"):
        return str(value.strftime("%Y-%m-%d %H:%M"))
    return labels.get(str(value), str(value))

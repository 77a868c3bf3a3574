"""Totals for programs."""

from collections.abc import Callable, Mapping

from portal.impact import words
from portal.impact.queries import Totals
from portal.words.i18n import Localized, current_language
from portal.words.vocabularies import label

VERSION = 1  # of the keys: grows when one goes or means something else


def totals(name: Localized, found: Totals, *, own: str, of: Callable[[str], str]) -> Mapping[str, object]:
    """What the page says, with codes beside words; `of` gives the full address of the page of a figure."""
    return {
        "version": VERSION, "language": current_language(), "url": own,
        "name": {code: name.get(code) for code in name.languages},
        "projects": found.projects, "records": found.records,
        "figures": [
            {
                "code": row.indicator.code, "label": label("indicator", row.indicator.code),
                "value": float(words.value(row.indicator, row.amount, row.unit)),
                "unit": {"code": row.unit, "label": label("indicator_unit", row.unit)},
                "projects": row.projects, "definition": row.indicator.version, "url": of(row.indicator.code),
            }
            for row in found.rows
        ],
    }  # fmt: skip

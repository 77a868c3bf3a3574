"""How amounts are written: hours from minutes, rounded once, with their unit."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from portal.impact.indicators import FEW, Indicator, Measure
from portal.projects.models import HourLength, Project
from portal.words.i18n import _, formats
from portal.words.vocabularies import label

TENTH = Decimal("0.1")


def unit_of(indicator: Indicator, project: Project) -> str:
    """The code of its unit: the hour of the project where it has none of its own."""
    return indicator.unit or project.hour


def value(indicator: Indicator, amount: int, unit: str) -> Decimal:
    """The amount in its unit: minutes become hours with at most one decimal, rounded half up, once."""
    if indicator.measure is not Measure.MINUTES:
        return Decimal(amount)
    return (Decimal(amount) / HourLength(unit).minutes).quantize(TENTH, ROUND_HALF_UP).normalize() + Decimal(0)


def is_few(indicator: Indicator, amount: int) -> bool:
    """Are these so few people that they could be told apart?"""
    return indicator.measure is Measure.PEOPLE and amount < FEW


def said(indicator: Indicator, amount: int, unit: str) -> str:
    """`328 h`, `27`; of few people, who could be told apart: that they are fewer than 5."""
    if is_few(indicator, amount):
        return _("fewer than %(n)s", n=FEW)
    number = formats.number(value(indicator, amount, unit))
    return _("%(n)s h", n=number) if indicator.measure is Measure.MINUTES else number


def unit_words(indicator: Indicator, unit: str) -> str:
    """The length of an hour, which must stand beside hours; nothing beside a number."""
    return label("indicator_unit", unit) if indicator.measure is Measure.MINUTES else ""


def bars(amounts: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int, int]]:
    """(what, amount, length of its bar in hundredths of the longest)."""
    most = max((amount for _what, amount in amounts), default=0)
    return [(what, amount, length(amount, most)) for what, amount in amounts]


def length(amount: int, most: int) -> int:
    """Of a bar, in hundredths of the longest."""
    return round(100 * amount / (most or 1))

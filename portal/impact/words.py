"""How amounts are written: hours from minutes, rounded once, with their unit; and the figures of a report."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from portal.impact.indicators import BY_CODE, FEW, TOLD, Indicator, Measure
from portal.impact.models import Erratum, Report
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
    return _("fewer than %(n)s", n=FEW) if is_few(indicator, amount) else meant(indicator, amount, unit)


def meant(indicator: Indicator, amount: int, unit: str) -> str:
    """The same of what nobody was counted for, such as a target."""
    number = formats.number(value(indicator, amount, unit))
    return _("%(n)s h", n=number) if indicator.measure is Measure.MINUTES else number


def aim_said(indicator: Indicator, target: int, unit: str) -> str:
    """`target: 300 h`."""
    return _("target: %(number)s", number=meant(indicator, target, unit))


def share_said(indicator: Indicator, amount: int, target: int) -> str:
    """`109%` of the target; nothing of people so few that they could be told apart."""
    return "" if is_few(indicator, amount) else formats.percent(round(amount / target, 2))


def left_out() -> str:
    """Why a number of people may be smaller than those who came."""
    return _(
        "Activities with fewer than 5 people are left out of the number of people where it would tell how few they were."
    )


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


class Kept(NamedTuple):
    """A figure as a report keeps it."""

    indicator: Indicator
    amount: int
    unit: str
    version: int

    @property
    def leaves_out(self) -> bool:
        """Is this a number of people without those that would tell how few they were?"""
        return self.indicator.measure is Measure.PEOPLE and self.version >= TOLD


class Corrected(NamedTuple):
    """A figure of a report that is another one now. `unit` is the one of the report."""

    erratum: Erratum
    indicator: Indicator
    unit: str


def kept_of(report: Report) -> Sequence[Kept]:
    """The figures of a report, in the order of the indicators."""
    said = report.figures
    return [
        Kept(one, int(said[code]["amount"]), said[code]["unit"], said[code]["version"])
        for code, one in BY_CODE.items()
        if code in said
    ]


def corrected(report: Report, errata: Sequence[Erratum]) -> Sequence[Corrected]:
    """Each erratum with what it is about: the hour of the project may be another one since."""
    units = {one.indicator.code: one.unit for one in kept_of(report)}
    return [
        Corrected(one, BY_CODE[one.code], units.get(one.code) or unit_of(BY_CODE[one.code], report.project))
        for one in errata
    ]


class Told(NamedTuple):
    """What a report says of a figure, and what it is now where that is something else."""

    number: int  # of the report
    period: str
    amount: str
    now: str


def told_in(reports: Sequence[tuple[Report, Erratum | None]], indicator: Indicator) -> Sequence[Told]:
    """Those of the reports that tell an indicator; the hour of the project may be another one since."""
    found = []
    for report, erratum in reports:
        kept = next((one for one in kept_of(report) if one.indicator is indicator), None)
        if kept is not None:
            period, now = formats.date_range(report.starts_on, report.ends_on), ""
            if erratum is not None:
                now = reported(indicator, erratum.now, kept.unit)
            found.append(Told(report.id, period, reported(indicator, kept.amount, kept.unit), now))
    return found


def reported(indicator: Indicator, amount: int, unit: str) -> str:
    """What `said` says; of people that a report leaves out, all of them, that they are not told."""
    is_left_out = indicator.measure is Measure.PEOPLE and not amount
    return _("not told") if is_left_out else said(indicator, amount, unit)


def erratum_said(one: Corrected) -> str:
    """`3 May 2026, hours of training: 328 h instead of 329 h`"""
    now, was = (reported(one.indicator, amount, one.unit) for amount in (one.erratum.now, one.erratum.was))
    return _(
        "%(day)s, %(what)s: %(now)s instead of %(was)s",
        day=formats.date(one.erratum.at), what=label("indicator", one.indicator.code), now=now, was=was,
    )  # fmt: skip

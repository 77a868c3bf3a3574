"""Dates, numbers, money and sizes as each language writes them (voice of the portal, after CLDR)."""

import contextlib
import contextvars
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import dates, numbers

from portal.words.i18n.language import current_language, current_locale

NBSP = "\u00a0"
_HOUR_SIGN = {"pl": f"godz.{NBSP}", "bg": f"{NBSP}ч."}
TIME_PATTERNS = {"pl": f"'godz.'{NBSP}H:mm", "bg": f"H:mm{NBSP}'ч.'", "en": "HH:mm"}
_AND = {"pl": f" i{NBSP}", "bg": " и ", "en": " and "}
_HOME = {"pl": "Europe/Warsaw", "bg": "Europe/Sofia"}
_ZONES = {
    "Europe/Warsaw": {"pl": "czasu warszawskiego", "bg": "варшавско време", "en": "Warsaw time"},
    "Europe/Sofia": {"pl": "czasu sofijskiego", "bg": "софийско време", "en": "Sofia time"},
}
_every_zone: contextvars.ContextVar[bool] = contextvars.ContextVar("every_zone", default=False)


def date(value: dt.date | dt.datetime, zone: str | None = None) -> str:
    """20 listopada 2026 · 20 ноември 2026 г. · 20 November 2026."""
    return _date(_day(value, zone), current_language())


@lru_cache(maxsize=4096)
def _date(day: dt.date, language: str) -> str:
    return dates.format_date(day, format="long", locale=current_locale()).replace(" г.", f"{NBSP}г.")


def day_month(value: dt.date | dt.datetime, zone: str | None = None) -> str:
    """20 listopada · 20 ноември · 20 November."""
    return _skeleton("MMMMd", _day(value, zone), current_language())


def month(value: dt.date | dt.datetime) -> str:
    """A heading: listopad 2026 · ноември 2026 г. · November 2026."""
    return _skeleton("yMMMM", _day(value, None), current_language()).replace(" г.", f"{NBSP}г.")


def month_name(value: dt.date | dt.datetime, zone: str | None = None) -> str:
    """The month as it stands after a day number: listopada · ноември · November."""
    return _part("MMMM", _day(value, zone), current_language())


def weekday(value: dt.date | dt.datetime, zone: str | None = None) -> str:
    """piątek · петък · Friday."""
    return _part("EEEE", _day(value, zone), current_language())


@lru_cache(maxsize=4096)
def _part(pattern: str, day: dt.date, language: str) -> str:
    return dates.format_date(day, format=pattern, locale=current_locale())


@lru_cache(maxsize=4096)
def _skeleton(skeleton: str, day: dt.date, language: str) -> str:
    return dates.format_skeleton(skeleton, day, locale=current_locale())


def date_range(start: dt.date | dt.datetime, end: dt.date | dt.datetime, zone: str | None = None) -> str:
    """20–21 listopada 2026; a single day is written once."""
    first, last = _day(start, zone), _day(end, zone)
    return date(first) if first == last else _date_range(first, last, current_language())


@lru_cache(maxsize=4096)
def _date_range(first: dt.date, last: dt.date, language: str) -> str:
    if language == "en":  # CLDR shortens the months of an English interval
        same_year, same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
        begin = str(first.day) if same_month else _skeleton("MMMMd", first, language) if same_year else date(first)
        return f"{begin}–{date(last)}" if same_month else f"{begin} – {date(last)}"
    written = dates.format_interval(first, last, "yMMMMd", locale=current_locale())
    return written.replace(" г.", f"{NBSP}г.").replace("\u2009", " ")


def home_zone(language: str) -> str:
    """The zone by whose clock readers of a language live as a rule: nobody is asked for one. For others that of Warsaw."""
    return _HOME.get(language, _HOME["pl"])


def zone_words(zone: str) -> str:
    """czasu sofijskiego · софийско време · Sofia time, as it stands after an hour; empty where the reader's clock agrees.

    Whoever reads Polish lives by Warsaw, whoever reads Bulgarian by Sofia; of a reader of English nothing is known.
    """
    language = current_language()
    if zone == _HOME.get(language) and not _every_zone.get():
        return ""
    return _ZONES.get(zone, {}).get(language, zone)


@contextlib.contextmanager
def every_zone_named() -> Iterator[None]:
    """Inside, hours say their zone to everybody: a mail is read anywhere, and passed on."""
    token = _every_zone.set(True)
    try:
        yield
    finally:
        _every_zone.reset(token)


def _with_zone(words: str, zone: str) -> str:
    named = zone_words(zone)
    return f"{words} {named}" if named else words


def weekdays_and_dates(start: dt.date | dt.datetime, end: dt.date | dt.datetime, zone: str | None = None) -> str:
    """piątek i sobota, 20–21 listopada 2026; of what takes a week or longer only the dates."""
    first, last = _day(start, zone), _day(end, zone)
    length = (last - first).days
    written = date_range(first, last)
    if not length:
        return f"{weekday(first)}, {written}"
    if length > 6:
        return written
    joined = _AND[current_language()] if length == 1 else "–"
    return f"{weekday(first)}{joined}{weekday(last)}, {written}"


def time(value: dt.datetime, zone: str) -> str:
    """godz. 9:00 · 9:00 ч. · 09:00, in the zone where it was promised, which is named where the reader's differs."""
    return _with_zone(_time(value.astimezone(ZoneInfo(zone)).time(), current_language()), zone)


def clock(value: dt.datetime, zone: str) -> str:
    """9:30, the bare hour in a zone that the page has explained: for a row of links."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{local.hour}:{local.minute:02}"


@lru_cache(maxsize=1440)
def _time(wall: dt.time, language: str) -> str:
    return dates.format_time(wall, format=TIME_PATTERNS[language], locale=current_locale())


def time_range(start: dt.datetime, end: dt.datetime, zone: str, *, explained: bool = False) -> str:
    """godz. 9:00–11:30 · 9:00–11:30 ч. · 09:00–11:30; where the page has `explained` the zone, it is not named again."""
    local = ZoneInfo(zone)
    words = _time_range(start.astimezone(local).time(), end.astimezone(local).time(), current_language())
    return words if explained else _with_zone(words, zone)


@lru_cache(maxsize=4096)
def _time_range(first: dt.time, last: dt.time, language: str) -> str:
    before, after = _time(first, language), _time(last, language)
    return f"{before.removesuffix(_HOUR_SIGN['bg'])}–{after.removeprefix(_HOUR_SIGN['pl'])}"


def day_and_hours(start: dt.datetime, end: dt.datetime, zone: str, *, explained: bool = False) -> str:
    """Friday, 14 May, 11:30–13:00 of something that is over on the day it began; `explained` as in `time_range`."""
    return f"{weekday(start, zone)}, {day_month(start, zone)}, {time_range(start, end, zone, explained=explained)}"


def hours(start: dt.datetime, end: dt.datetime, zone: str, *, explained: bool = False) -> str:
    """The hours of what begins and ends on one day there; an empty text for what takes several."""
    local = ZoneInfo(zone)
    is_one_day = start.astimezone(local).date() == end.astimezone(local).date()
    return time_range(start, end, zone, explained=explained) if is_one_day else ""


def date_time(value: dt.datetime, zone: str) -> str:
    """20 listopada 2026, godz. 16:00 · 20 ноември 2026 г., 16:00 ч. · 20 November 2026, 16:00; the zone as in `time`."""
    return f"{date(value, zone)}, {time(value, zone)}"


def number(value: int | float | Decimal) -> str:
    """12 345,5 · 12,345.5; four digits stand together in Polish and Bulgarian."""
    if isinstance(value, int) and -10000 < value < 10000 and (current_language() != "en" or -1000 < value < 1000):
        return str(value)
    together = -10000 < value < 10000 and current_language() != "en"
    return numbers.format_decimal(value, locale=current_locale(), group_separator=not together)


def percent(share: float) -> str:
    """1,5% with no space, as Babel prints it; `share` is 0.015."""
    return numbers.format_percent(share, format="#,##0.#%", locale=current_locale())


def money(amount: Decimal | int, currency: str) -> str:
    """5 000 zł · 5 000 PLN · PLN 5,000; whole amounts without decimals."""
    whole = Decimal(amount) == Decimal(amount).to_integral_value()
    if current_language() == "en":
        pattern = "¤#,##0" if whole else "¤#,##0.00"
        symbol = numbers.get_currency_symbol(currency, locale="en")
        return numbers.format_currency(
            amount,
            currency,
            format=pattern if len(symbol) == 1 else pattern.replace("¤", f"¤{NBSP}"),
            locale="en",
            currency_digits=False,
        )
    return numbers.format_currency(
        amount,
        currency,
        format=f"#,##0{NBSP}¤" if whole else f"#,##0.00{NBSP}¤",
        locale=current_locale(),
        currency_digits=False,
    )


def file_size(size: int) -> str:
    """350 kB, 5 MB: decimal units, at most one decimal."""
    for unit, factor in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= factor:
            shown = round(size / factor, 1)
            return f"{number(int(shown) if shown == int(shown) else shown)}{NBSP}{unit}"
    return f"{size}{NBSP}B"


def _day(value: dt.date | dt.datetime, zone: str | None) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.astimezone(ZoneInfo(zone or "UTC")).date()
    return value

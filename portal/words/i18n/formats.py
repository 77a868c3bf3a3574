"""Dates, numbers, money and sizes as each language writes them (voice of the portal, after CLDR)."""

import datetime as dt
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import dates, numbers

from portal.words.i18n.language import current_language, current_locale

NBSP = "\u00a0"
TIME_PATTERNS = {"pl": f"'godz.'{NBSP}HH:mm", "bg": f"HH:mm{NBSP}'ч.'", "en": "HH:mm"}


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


def time(value: dt.datetime, zone: str) -> str:
    """godz. 17:00 · 17:00 ч. · 17:00, in the zone where it was promised."""
    return _time(value.astimezone(ZoneInfo(zone)).time(), current_language())


@lru_cache(maxsize=1440)
def _time(wall: dt.time, language: str) -> str:
    return dates.format_time(wall, format=TIME_PATTERNS[language], locale=current_locale())


def time_range(start: dt.datetime, end: dt.datetime, zone: str) -> str:
    """10:00–11:30, without words."""
    local = ZoneInfo(zone)
    return f"{start.astimezone(local):%H:%M}–{end.astimezone(local):%H:%M}"


def day_and_hours(start: dt.datetime, end: dt.datetime, zone: str) -> str:
    """Friday, 14 May, 11:30–13:00 of something that is over on the day it began."""
    return f"{weekday(start, zone)}, {day_month(start, zone)}, {time_range(start, end, zone)}"


def hours(start: dt.datetime, end: dt.datetime, zone: str) -> str:
    """10:00–11:30 for what begins and ends on one day there; an empty text for what takes several."""
    local = ZoneInfo(zone)
    is_one_day = start.astimezone(local).date() == end.astimezone(local).date()
    return time_range(start, end, zone) if is_one_day else ""


def date_time(value: dt.datetime, zone: str) -> str:
    """20 listopada 2026, godz. 16:00 · 20 ноември 2026 г., 16:00 ч. · 20 November 2026, 16:00."""
    return f"{date(value, zone)}, {time(value, zone)}"


def number(value: int | float | Decimal) -> str:
    """12 345,5 · 12,345.5; four digits stand together as Polish and Bulgarian write them."""
    if isinstance(value, int) and -10000 < value < 10000:
        return str(value)
    return numbers.format_decimal(value, locale=current_locale())


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

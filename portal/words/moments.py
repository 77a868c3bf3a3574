"""Days and hours as people type them: `7.01.2027`, `7 stycznia 2027 r.`, `2027-01-07`; `9:30`, `9.30`, `godz. 9:30`.

The day stands before the month in all three languages; a month may be named in any of them. No browser is asked: its
own fields for days speak the language of the browser, not that of the page.
"""

import datetime as dt
import re
import unicodedata
from functools import cache

from babel import dates

from portal.ground import clock
from portal.ground.errors import Refusal
from portal.words.i18n import LANGUAGES, _, _l, current_language, formats

LONGEST = 60  # characters that are read
YEARS = range(1900, 2201)
GAP = _l("On that night the clocks go forward and this hour does not exist. Choose another time.")

_TOKENS = re.compile(r"[0-9]+|[^\W\d_]+")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_BESIDE = frozenset("r roku rok dnia dn г година год the of st nd rd th".split())
_TIME = re.compile(
    r"(?:godz\.?|godzina|o|w|at|в|от)?\s*([0-9]{1,2})(?:\s*[:.,h]\s*([0-9]{2})(?::[0-9]{2})?|([0-9]{2}))?"
    r"\s*(am|pm|a\.m\.|p\.m\.)?\s*(?:ч\.?|часа|h|hrs|hours)?",
)
# "7.01.2027, 9:30": an hour with its minutes at the end of what begins with a whole day
_BOTH = re.compile(r"(.*\d.*?[\s,T]),?\s*((?:(?:godz\.?|at|в|o)\s*)?\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*(?:ч\.?|am|pm))?)")


def read_day(text: str) -> dt.date:
    """The day that `text` names. Raises ValueError with a sentence that says what is missing."""
    words = [one for one in _TOKENS.findall(_folded(text[:LONGEST])) if one not in _BESIDE and one not in _weekdays()]
    numbers = [_months().get(one, 0) if not one.isdigit() else int(one) for one in words]
    if len(numbers) == 2 and all(numbers) and not any(len(one) == 4 and one.isdigit() for one in words):
        raise ValueError(_("Enter the year as well, for example %(day)s.", day=example_day()))
    if len(numbers) != 3 or not all(numbers) or max(map(len, words)) > 12:
        raise ValueError(_("Enter the day in this form: %(day)s", day=example_day()))
    if len(words[0]) == 4 and words[0].isdigit():
        year, month, day = numbers
    elif not words[0].isdigit():  # January 7, 2027
        month, day, year = numbers
    else:
        day, month, year = numbers
    if len(words[0 if numbers[0] == year else 2]) == 2:
        year += 2000
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise ValueError(_("There is no such day in the calendar. Check the day and the month.")) from None
    if year not in YEARS:
        raise ValueError(_("Enter a year between 1900 and 2200, for example %(day)s", day=example_day()))
    return found


def read_time(text: str) -> dt.time:
    """The hour that `text` names. Raises ValueError with a sentence."""
    found = _TIME.fullmatch(_folded(text[:LONGEST]).strip())
    if found:
        hour, minute = int(found[1]), int(found[2] or found[3] or 0)
        half = (found[4] or "").replace(".", "")
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        if hour < 24 and minute < 60:
            return dt.time(hour, minute)
    raise ValueError(_("Enter the hour in this form: 9:30"))


def split(text: str) -> tuple[str, str]:
    """(day, hour) of what holds both, such as `7.01.2027, 9:30`; the hour is empty where there is none."""
    found = _BOTH.fullmatch(text[:LONGEST].strip())
    return (found[1].rstrip(" ,T"), found[2]) if found else (text, "")


def typed_day(day: dt.date) -> str:
    """As its reader would type it: 7.01.2027; in English with the name of the month, for 1/7 is two days."""
    return formats.date(day) if current_language() == "en" else f"{day.day}.{day.month:02}.{day.year}"


def typed_time(time: dt.time) -> str:
    return f"{time.hour}:{time.minute:02}"


def example_day() -> str:
    """A day as it is typed, for a hint."""
    return typed_day(dt.date(2027, 1, 7))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower().replace("ł", "l").replace("й", "и"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@cache
def _months() -> dict[str, int]:
    named = {
        _folded(name).strip("."): number
        for language in LANGUAGES
        for context in ("format", "stand-alone")
        for width in ("abbreviated", "wide")
        for number, name in dates.get_month_names(width, context, language).items()
        if not name.isdigit()
    }
    return named | {roman: number for number, roman in enumerate(_ROMAN, 1)}


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(
        _folded(name).strip(".")
        for language in LANGUAGES
        for width in ("abbreviated", "wide")
        for name in dates.get_day_names(width, "format", language).values()
    )


def instant(wall: dt.datetime | None, zone: str, field: str, refused: list[Refusal]) -> dt.datetime | None:
    """The instant of a wall time; an hour that does not exist is added to `refused`."""
    if wall is None:
        return None
    try:
        return clock.from_wall(wall, zone)
    except ValueError:
        refused.append(Refusal(GAP, field=field))
        return None

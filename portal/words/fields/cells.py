"""What a cell of a table says of a field: texts as people keep them in spreadsheets become values. A pure module.

A cell that cannot be a value is refused with a sentence that says what to write instead, in the language of who reads it.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from portal.ground.errors import Refusal
from portal.words.fields.field import Field, Kind
from portal.words.i18n import LANGUAGES, LazyString, _l, in_language
from portal.words.moments import read_day
from portal.words.text import fold

LONGEST_RICH = 10_000  # characters, as a cell can have
LONGEST_WORD = 200  # characters of a head, or of the name of a code
_DIGITS = 10  # a number has fewer
_YES = frozenset({"yes", "tak", "да", "true", "1", "x"})
_NO = frozenset({"no", "nie", "не", "false", "0", ""})


def value(field: Field, typed: str) -> object:
    """A cell as the value of a field without choices. Raises Refusal."""
    return _VALUES.get(field.kind, text)(field, typed)


def text(field: Field, typed: str) -> str:
    """A line without needless blanks; lines as they are where the field has several. Raises Refusal when it is too long."""
    most = field.most or LONGEST_RICH
    found = typed.strip() if field.kind in (Kind.LINES, Kind.RICH) else " ".join(typed.split())
    if len(found) > most:
        raise Refusal(_l("The text is longer than %(most)s characters. Shorten it.", most=most))
    return found


def head_words(fields: Iterable[Field], also: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What may head the column of each field: its label in every language, and what else people call it."""
    found: dict[str, list[str]] = {}
    for field in fields:
        words = found.setdefault(field.name, [])
        for language in LANGUAGES:
            with in_language(language):
                words.append(str(field.label))
        words.extend(also.get(field.name, ()))
    return found


def code_words(field: Field) -> dict[str, list[str]]:
    """The codes that a folded word can mean in a field of choices: its code, and its label in every language."""
    found: dict[str, list[str]] = {}
    for language in LANGUAGES:
        with in_language(language):
            for code, words in field.choices() if field.choices else ():
                for word in (str(code), str(words)):
                    codes = found.setdefault(fold(word), [])
                    if code not in codes:
                        codes.append(str(code))
    return found


def one_code(field: Field, typed: str, codes: Sequence[str]) -> str:
    """The code that a cell means, of those that its word can mean. Raises Refusal where that is none, or several."""
    if not typed.strip():
        return ""
    if not codes:
        raise Refusal(
            _l("The portal does not know “%(typed)s” here. Use a name from the list in the form.", typed=typed[:60])
        )
    if len(codes) > 1:
        raise Refusal(
            _l(
                "“%(typed)s” can mean several things. Write one of these codes: %(codes)s",
                typed=typed[:60],
                codes=LazyString(_named, field, codes),
            )
        )
    return codes[0]


def _named(field: Field, codes: Sequence[str]) -> str:
    """Codes with their names, in the language of the moment."""
    labels = {str(code): str(words) for code, words in field.choices()} if field.choices else {}
    return ", ".join(f"{code} ({labels.get(code, code)})" for code in codes)


def _number(field: Field, typed: str) -> int | None:
    digits = "".join(typed.split())
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit() and len(digits) < _DIGITS):
        raise Refusal(_l("Enter a whole number, in digits only."))
    return int(digits)


def _decimal(field: Field, typed: str) -> Decimal | None:
    try:
        return Decimal("".join(typed.split()).replace(",", ".")).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise Refusal(_l("Enter a number, for example 12.50")) from None


def _day(field: Field, typed: str) -> dt.date | None:
    if not typed.strip():
        return None
    try:
        return read_day(typed)
    except ValueError:
        raise Refusal(LazyString(_no_day, typed)) from None


def _no_day(typed: str) -> str:
    """Why this is no day, in the language of the moment."""
    try:
        return str(read_day(typed))
    except ValueError as fault:
        return str(fault)


def _yes(field: Field, typed: str) -> bool:
    word = typed.strip().casefold()
    if word not in _YES | _NO:
        raise Refusal(_l("Enter “yes” or “no”."))
    return word in _YES


_VALUES: Mapping[Kind, Callable[[Field, str], object]] = {
    Kind.NUMBER: _number, Kind.DECIMAL: _decimal, Kind.DAY: _day, Kind.YES: _yes,
}  # fmt: skip

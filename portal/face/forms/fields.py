"""The kinds of fields. All text that comes in is made harmless first: no control, zero-width or direction characters."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

import wtforms

from portal.face.forms.validators import Check, Words
from portal.words import moments
from portal.words.clean import neutralise, one_line
from portal.words.i18n import _, _l, current_language

Read = TypeVar("Read")


def _line(value: str | None) -> str:
    return " ".join(neutralise(value).split()) if value else ""


def _lines(value: str | None) -> str:
    return neutralise(value).strip() if value else ""


class Worded(wtforms.Field):
    """A field whose label may be a sentence that is spoken when it is shown. `how` is what WTForms is told of its kind."""

    how: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, label: Words | None = None, validators: Sequence[Check] = (), **more: Any) -> None:
        super().__init__(label, [*validators], **self.how, **more)  # type: ignore[arg-type]  # the label is only shown


class TextField(Worded, wtforms.StringField):
    """One line of text; white space is folded."""

    data: str
    how = {"filters": [_line]}


class EmailField(TextField):
    widget = wtforms.widgets.EmailInput()


class UrlField(TextField):
    widget = wtforms.widgets.URLInput()


class PhoneField(TextField):
    widget = wtforms.widgets.TelInput()


class SearchField(TextField):
    widget = wtforms.widgets.SearchInput()


class TextArea(Worded, wtforms.TextAreaField):
    """Several lines of text."""

    data: str
    how = {"filters": [_lines]}


class EditorArea(TextArea):
    """Text with structure, written in the visual editor or as HTML."""


class PasswordField(Worded, wtforms.PasswordField):
    """A password, kept letter by letter."""

    data: str

    def process_data(self, value: str | None) -> None:
        self.data = value or ""


class HiddenField(Worded, wtforms.HiddenField):
    """A value that travels along, such as the version of a row. A form that comes without it knows none: an empty text."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else ""


class BooleanField(Worded, wtforms.BooleanField):
    """One box to tick."""


class FileField(Worded, wtforms.FileField):
    """One uploaded file; `data` is a werkzeug FileStorage or None when nothing was chosen."""

    def process_formdata(self, valuelist: list[object]) -> None:
        self.data = next((value for value in valuelist if getattr(value, "filename", "")), None)


class IntegerField(Worded, wtforms.IntegerField):
    """A whole number; an empty field is None."""

    widget = wtforms.widgets.TextInput()
    unreadable = _l("Enter a whole number, for example 12.")

    def process_formdata(self, valuelist: list[str]) -> None:
        raw = _line(valuelist[0]) if valuelist else ""
        self.data = None
        if raw:
            if len(raw) > 12 or not raw.lstrip("-").isascii() or not raw.lstrip("-").isdigit():
                raise ValueError(str(self.unreadable))
            self.data = int(raw)


LONGEST = 40  # characters of a number; what is longer is none, and is not read


class DecimalField(Worded, wtforms.DecimalField):
    """A number with at most two decimals, with a comma or a point, its thousands apart or not; an empty field is None."""

    widget = wtforms.widgets.TextInput()
    _spelling = re.compile(r"[-+]?[0-9]{1,12}(?:[.,][0-9]{1,2})?")

    def _value(self) -> str:
        return _as_typed(self) if self.raw_data else "" if self.data is None else typed_number(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        given = valuelist[0] if valuelist else ""
        raw = _line(given).replace(" ", "").replace("\u2212", "-") if len(given) <= LONGEST else given
        self.data = None
        if raw:
            if not self._spelling.fullmatch(raw):
                raise ValueError(_("Enter a number with at most 12 digits and two decimals, for example 12.50"))
            self.data = Decimal(raw.replace(",", "."))


def _as_typed(field: wtforms.Field) -> str:
    """What was sent, as it is shown again: nothing hidden, and no more than anybody types."""
    return one_line(str((field.raw_data or [""])[0]), 10 * LONGEST)


def typed_number(value: Decimal) -> str:
    """A number as it is typed into a form in the language of the page: 12.5 or 12,5."""
    plain = f"{value:f}"
    short = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return short if current_language() == "en" else short.replace(".", ",")


class DateField(TextField):
    """A day, typed as people write one (`words.moments`)."""

    is_day = True
    data: dt.date | None  # type: ignore[assignment]
    how = {"filters": []}

    def _value(self) -> str:
        return _as_typed(self) if self.raw_data else moments.typed_day(self.data) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        raw = _beginning(valuelist[0]) if valuelist else ""
        self.data = moments.read_day(raw) if raw else None

    def said(self, value: dt.date) -> str:
        return moments.typed_day(value)


class DateTimeField(Worded, wtforms.Field):
    """A wall time without a zone (naive datetime); the zone stands beside it.

    Two controls of one name, for the day and for the hour, both as people write them. Both in the first one are read too.
    """

    widget = wtforms.widgets.TextInput()
    is_moment = True
    data: dt.datetime | None

    @property
    def typed(self) -> tuple[str, str]:
        """What the two controls hold."""
        if self.raw_data:
            return str(self.raw_data[0]), str(self.raw_data[1]) if len(self.raw_data) > 1 else ""
        return (moments.typed_day(self.data), moments.typed_time(self.data.time())) if self.data else ("", "")

    def _value(self) -> str:
        return " ".join(self.typed)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        day, hour = (*map(_beginning, valuelist[:2]), "", "")[:2]
        if day and not hour:
            day, hour = moments.split(day)
        if not (day or hour):
            return
        errors: list[str] = []
        date, time = _read(_day, day, errors), _read(_hour, hour, errors)
        if date is None or time is None:
            raise ValueError(" ".join(errors))
        self.data = dt.datetime.combine(date, time)

    def said(self, value: dt.datetime) -> str:
        return f"{moments.typed_day(value)} {moments.typed_time(value.time())}"


def _beginning(text: str) -> str:
    """As much as is read of a day or an hour: the size is known before it is looked at."""
    return _line(text[: moments.LONGEST + 1])


def _read(read: Callable[[str], Read], text: str, errors: list[str]) -> Read | None:
    try:
        return read(text)
    except ValueError as error:
        errors.append(str(error))
        return None


def _day(text: str) -> dt.date:
    if not text:
        raise ValueError(_("Enter the day as well."))
    return moments.read_day(text)


def _hour(text: str) -> dt.time:
    if not text:
        raise ValueError(_("Enter the hour as well, for example 9:30."))
    return moments.read_time(text)

"""A day and an hour are typed in two fields of one form field; nothing typed is lost, and no browser translates them."""

import datetime as dt

import pytest
from flask import Flask

from portal.face.forms import DateField, DateTimeField, Form, required


class MeetingForm(Form):
    begins = DateTimeField("Początek", [required("Wpisz, kiedy się zaczyna.")])
    day = DateField("Dzień zapasowy")


def sent(app: Flask, *begins: str, day: str = "") -> MeetingForm:
    with app.test_request_context("/pl/", method="POST", data={"begins": list(begins), "day": day},
                                  headers={"Accept-Language": "pl"}):  # fmt: skip
        app.preprocess_request()
        form = MeetingForm(meta={"csrf": False})
        form.validate()
        return form


@pytest.mark.parametrize(
    "begins",
    [("7.01.2027", "9.30"), ("7 stycznia 2027", "godz. 9:30"), ("2027-01-07T09:30",), ("7.01.2027, 9:30", "")],
)
def test_both_are_read_wherever_they_were_typed(app: Flask, begins: tuple[str, ...]) -> None:
    form = sent(app, *begins, day="8 I 2027")
    assert not form.errors
    assert form.begins.data == dt.datetime(2027, 1, 7, 9, 30)
    assert form.day.data == dt.date(2027, 1, 8)


@pytest.mark.parametrize(
    ("begins", "said"),
    [
        (("7.01.2027", ""), "Wpisz też godzinę, na przykład 9:30."),
        (("", "9:30"), "Wpisz też dzień."),
        (("32.01.2027", "25:00"), "Nie ma takiego dnia w\u00a0kalendarzu. Sprawdź dzień i\u00a0miesiąc. "
                                  "Wpisz godzinę w\u00a0takiej postaci: 9:30"),
        (("", ""), "Wpisz, kiedy się zaczyna."),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_at_once_and_stays_in_its_field(app: Flask, begins: tuple[str, str], said: str) -> None:
    form = sent(app, *begins)
    assert form.begins.errors == [said]
    assert form.begins.typed == begins


def test_text_without_end_is_not_looked_at(app: Flask) -> None:
    form = sent(app, "9" * 400_000, "9" * 400_000, day="9" * 400_000)
    assert form.begins.errors and form.day.errors

"""The shape of what people send about aims and reports."""

import datetime as dt

from portal.face.forms import DateField, Form, IntegerField, SelectField, choices, optional, required
from portal.impact.indicators import INDICATORS
from portal.words.i18n import _l
from portal.words.vocabularies import label


class FreezeForm(Form):
    """Which period is frozen."""

    first = DateField(_l("First day of the period"), [required(_l("Enter the first day of the period."))])
    last = DateField(_l("Last day of the period"), [required(_l("Enter the last day of the period."))])

    @property
    def period(self) -> tuple[dt.date, dt.date]:
        assert self.first.data is not None and self.last.data is not None
        return self.first.data, self.last.data


class AimForm(Form):
    """What is to be reached by one indicator."""

    indicator = SelectField(
        _l("Figure"),
        [required(_l("Choose a figure."))],
        choices=lambda: choices(
            [("", _l("Choose…")), *((one.code, label("indicator", one.code)) for one in INDICATORS)]
        ),
    )
    target = IntegerField(_l("Target"), [optional()])
    baseline = IntegerField(_l("Before the project"), [optional()])

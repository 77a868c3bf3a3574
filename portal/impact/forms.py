"""The shape of what people send about reports."""

import datetime as dt

from portal.face.forms import DateField, Form, required
from portal.words.i18n import _l


class FreezeForm(Form):
    """Which period is frozen."""

    first = DateField(_l("First day of the period"), [required(_l("Enter the first day of the period."))])
    last = DateField(_l("Last day of the period"), [required(_l("Enter the last day of the period."))])

    @property
    def period(self) -> tuple[dt.date, dt.date]:
        assert self.first.data is not None and self.last.data is not None
        return self.first.data, self.last.data

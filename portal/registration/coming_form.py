"""The form in which somebody says on which days of an event they come."""

import datetime as dt

from portal.events.forms import day_text
from portal.events.models import Event
from portal.face.forms import Form, MultiChoiceField, choices
from portal.registration.coming_days import days_to_come
from portal.registration.models import Registration
from portal.words.i18n import _l


class DaysForm(Form):
    """The days that are still to come; who comes on all of them has ticked each."""

    days = MultiChoiceField(_l("Days on which you come"))

    @property
    def chosen(self) -> list[dt.date]:
        return [dt.date.fromisoformat(one) for one in self.days.data or ()]


class DaysOfSomebodyForm(DaysForm):
    """The same for whoever calls."""

    days = MultiChoiceField(_l("Days of coming"))


def days_form(event: Event | None, registration: Registration, kind: type[DaysForm] = DaysForm) -> DaysForm:
    """The form with what was said before."""
    ahead = days_to_come(event) if event else []
    form = kind(data={"days": [day.isoformat() for day in registration.only_days if day in ahead]})
    form.days.choices = choices([(day.isoformat(), day_text(day)) for day in ahead])
    return form

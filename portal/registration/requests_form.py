"""The form with which a team answers those who ask for a place."""

from collections.abc import Mapping, Sequence

from flask import request

from portal.face.forms import BooleanField, Check, Form, HiddenField, MultiChoiceField, TextArea, choices, length
from portal.ground.errors import Refusal
from portal.registration.models import Registration
from portal.registration.services import MOST_AT_ONCE
from portal.words.i18n import _l


class RequestsForm(Form):
    """Which requests are answered, and why they are not accepted. `shown` are those of the page as it was made."""

    shown = HiddenField()
    everybody = BooleanField(_l("Everybody on this page"))
    people = MultiChoiceField(_l("Requests"))
    reason = TextArea(_l("Why you do not accept"), [length(2000)])

    def validate(self, extra_validators: Mapping[str, Sequence[Check]] | None = None) -> bool:
        """Somebody has to be ticked: one by one, or everybody who was shown."""
        valid = super().validate(extra_validators)
        if valid and not self.numbers:
            self.refuse(Refusal(_l("Tick at least one request."), field="people"))
            return False
        return valid

    @property
    def numbers(self) -> list[int]:
        ticked = [int(number) for number in self.people.data or ()]
        return self._shown if self.everybody.data else ticked

    @property
    def _shown(self) -> list[int]:
        numbers = (self.shown.data or "").split(",", MOST_AT_ONCE)
        return [int(number) for number in numbers if number.isdecimal() and len(number) < 10]


def requests_form(people: Sequence[Registration]) -> RequestsForm:
    """The form with these requests to choose from; what has been answered meanwhile may still be named in it.

    Everybody means those whom the page showed: its hidden field names them, so that nobody is answered who came later.
    """
    form = RequestsForm()
    known = {str(one.id): one.name for one in people}
    sent = [*request.form.getlist("people"), *(form.shown.data or "").split(",")]
    named = [number for number in sent if number.isdecimal() and len(number) < 10]
    form.people.choices = choices([*known.items(), *((number, number) for number in named if number not in known)])
    if not form.is_submitted():
        form.shown.data = ",".join(known)
    return form

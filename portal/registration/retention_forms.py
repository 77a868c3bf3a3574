"""The forms about how long the data of people are kept: periods of roles, a hold, and the code of a receipt."""

from collections.abc import Mapping, Sequence

from portal.events.models import Event
from portal.face.forms import (
    Check,
    DateField,
    Form,
    IntegerField,
    TextArea,
    TextField,
    Versioned,
    between,
    length,
    required,
)
from portal.ground.errors import Refusals
from portal.registration import retaining
from portal.registration.services import period_field
from portal.registration.services.holding import MOST_LETTERS, NO_DAY, NO_REASON, hold_faults
from portal.words.i18n import _, _l
from portal.words.text import capital
from portal.words.vocabularies import label


class PeriodsForm(Versioned):
    """For how many days after the event names and addresses are kept: a field for each role."""

    roles: Sequence[str] = ()

    @property
    def days(self) -> Mapping[str, int | None]:
        return {role: self[period_field(role)].data for role in self.roles}


def periods_form(event: Event, roles: Sequence[str]) -> PeriodsForm:
    """The form for these roles, with what holds today."""
    fields: dict[str, object] = {
        period_field(role): IntegerField(_words(role, len(roles)), [required(DAYS), between(0, retaining.DETAILS_DAYS)])
        for role in roles
    }
    made: type[PeriodsForm] = type("PeriodsForm", (PeriodsForm,), {**fields, "roles": roles})
    days = {period_field(role): retaining.role_days(event, role) for role in roles}
    return made(data={**days, "version": event.row_version})


DAYS = _l("Enter for how many days.")


def _words(role: str, many: int) -> str:
    if many == 1:
        return _("Name and address")
    return capital(label("participant_role", role))


class HoldForm(Versioned):
    """Until when the data have to be kept, and why."""

    until = DateField(_l("Keep the data until the end of this day"), [required(NO_DAY)])
    reason = TextArea(_l("Why the data have to be kept"), [required(NO_REASON), length(MOST_LETTERS)])
    event: Event

    def validate(self, extra_validators: Mapping[str, Sequence[Check]] | None = None) -> bool:
        """Everything that is wrong at once: the service asks the same again."""
        valid = super().validate(extra_validators)
        faults = hold_faults(self.event, self.until.data, self.reason.data or "")
        found = [one for one in faults if one.field is not None and not self[one.field].errors]
        if found:
            self.refuse(Refusals(found))
        return valid and not found


def hold_form(event: Event) -> HoldForm:
    """The form with the hold that there is."""
    form = HoldForm(data={"until": event.held_until, "reason": event.hold_reason, "version": event.row_version})
    form.event = event
    return form


class ReceiptForm(Form):
    """The code that somebody has noted."""

    code = TextField(_l("Receipt code"), [required(_l("Enter the code that you have noted.")), length(60)])

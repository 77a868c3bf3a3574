"""The forms in which somebody ticks people of a list and says what is to be done with them."""

from collections.abc import Mapping, Sequence

from flask import request

from portal.events.models import Event
from portal.face.forms import (
    BooleanField,
    Check,
    Form,
    HiddenField,
    MultiChoiceField,
    SelectField,
    TextArea,
    choices,
    length,
    required,
)
from portal.ground.authz import can
from portal.ground.errors import Refusal
from portal.registration import queries
from portal.registration.models import Registration
from portal.registration.policies import Permission
from portal.words.i18n import LazyString, _l

WRITE, ACCEPT, LINK, DOWNLOAD = "write", "accept", "link", "download"


class _TickedForm(Form):
    """Whom somebody has ticked. `shown` are those of the page as it was made."""

    shown = HiddenField()
    everybody = BooleanField(_l("Everybody on this page"))
    people = MultiChoiceField(_l("People"))
    nobody = _l("Tick at least one person.")

    def validate(self, extra_validators: Mapping[str, Sequence[Check]] | None = None) -> bool:
        """Somebody has to be ticked: one by one, or everybody who was shown."""
        valid = super().validate(extra_validators)
        if valid and not self.numbers:
            self.refuse(Refusal(self.nobody, field="people"))
            return False
        return valid

    @property
    def numbers(self) -> list[int]:
        if self.everybody.data:
            return list(queries.ticked(self.shown.data or ""))
        return [int(number) for number in self.people.data or ()]

    def offer(self, people: Sequence[Registration]) -> None:
        """These people to choose from; who is in the list no more may still be named.

        Everybody means those whom the page showed: its hidden field names them, so that nobody is meant who came later.
        """
        known = {str(one.id): one.name for one in people}
        sent = [*request.form.getlist("people"), *(self.shown.data or "").split(",")]
        named = [str(number) for number in queries.ticked(",".join(sent))]
        self.people.choices = choices([*known.items(), *((number, number) for number in named if number not in known)])
        if not self.is_submitted():
            self.shown.data = ",".join(known)


class RequestsForm(_TickedForm):
    """Which requests are answered, and why they are not accepted."""

    people = MultiChoiceField(_l("Requests"))
    reason = TextArea(_l("Why you do not accept"), [length(2000)])
    nobody = _l("Tick at least one request.")


class PeopleForm(_TickedForm):
    """With whom of the list of participants something is done, and what."""

    act = SelectField(_l("What you do with the ticked people"), [required(_l("Choose what to do."))], choices=[])


def requests_form(people: Sequence[Registration], ticked: Sequence[int] = ()) -> RequestsForm:
    """The form with these requests to choose from, of which some are ticked already."""
    form = RequestsForm(data={"people": [str(number) for number in ticked]})
    form.offer(people)
    return form


def people_form(event: Event, people: Sequence[Registration]) -> PeopleForm:
    """The form with these people, and with what this person may do with them."""
    form = PeopleForm()
    form.act.choices = choices(_acts(event))
    form.offer(people)
    return form


def _acts(event: Event) -> list[tuple[str, LazyString]]:
    allowed = (
        (WRITE, _l("Write a message"), Permission.WRITE_TO_PEOPLE),
        (ACCEPT, _l("Answer their requests"), Permission.DECIDE if event.approval else None),
        (LINK, _l("Send them the link once more"), Permission.ACT_FOR_PEOPLE),
        (DOWNLOAD, _l("Download as a file"), Permission.PARTICIPANTS),
    )
    return [(code, words) for code, words, permission in allowed if permission and can(permission, event)]

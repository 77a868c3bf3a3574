"""The forms of delegations: asking for seats, naming people by a list that is looked at first, and the small ones."""

import secrets
from collections.abc import Callable, Sequence
from functools import partial

from wtforms import SelectField

from portal.events.models import Event
from portal.face.forms import (
    Check,
    ChoiceField,
    EmailField,
    FileField,
    Form,
    HiddenField,
    ListForm,
    TextArea,
    TextField,
    choices,
    email,
    length,
    required,
    whole_number,
)
from portal.registration import delegates
from portal.registration.delegates import FILE, Delegate
from portal.registration.event_form import sector_field, suggested_organisations
from portal.registration.forms import NAME, NAME_RULES
from portal.registration.services import Request
from portal.registration.together_form import ALL, POSSIBLE
from portal.words.i18n import ENDONYMS, Localized, _l, current_language

NOBODY_GIVEN = _l("Paste the names or choose a file.")
ADDRESS_RULES: list[Check] = [required(_l("Enter the e-mail address.")), length(320), email()]
LONGEST_NUMBER = 6  # digits; a longer number is out of bounds like any other that is too high


def _number(field: TextField) -> int:
    """What was typed as a number; 0, which no bound allows, for what is none."""
    text = (field.data or "").strip()
    return (whole_number(text) or 0) if len(text) <= LONGEST_NUMBER else 0


class DelegationForm(Form):
    """Somebody asks for the places of an organisation."""

    affiliation = TextField(
        _l("For which organisation"), [required(_l("Enter for which organisation you ask.")), length(200)]
    )
    size = TextField(_l("How many places"), [required(_l("Enter a number of places from 2 to 100."))])
    whole = ChoiceField(
        _l("If there are not enough places for everybody"),
        [required(_l("Choose one of the answers."))],
        choices=choices(
            [
                (POSSIBLE, _l("We take the places that there are; the others wait")),
                (ALL, _l("We come only if everybody has a place: all of us or nobody")),
            ]
        ),
        default=POSSIBLE,
    )
    name = TextField(NAME, NAME_RULES)
    email = EmailField(_l("E-mail address"), ADDRESS_RULES)
    key = HiddenField()  # sent twice, it is one form
    accepts_waiting = HiddenField()  # "yes" once the page has said that they wait
    suggests: Callable[[], Sequence[Localized]] | None = None

    def asked(self, event: Event) -> Request:
        sector: SelectField | None = getattr(self, "sector", None)
        return Request(
            event_id=event.id, key=self.key.data or "", name=self.name.data or "", email=self.email.data or "",
            locale=current_language(), affiliation=self.affiliation.data or "", size=_number(self.size),
            sector=None if sector is None else sector.data, whole=self.whole.data == ALL,
            accepts_waiting=self.accepts_waiting.data == "yes",
        )  # fmt: skip


def delegation_form(event: Event, *, name: str = "", address: str = "") -> DelegationForm:
    """The form as an event has it."""
    kind = type("DelegationForm", (DelegationForm,), {"sector": sector_field()} if event.asks_organisation else {})
    form: DelegationForm = kind(data={"name": name, "email": address, "key": secrets.token_hex(16)})
    if event.asks_organisation:
        form.suggests = partial(suggested_organisations, event)
    return form


class NamesForm(ListForm):
    """Whom to name: a list that is first looked at, and taken by the second button as it was shown."""

    shown = ("people", "language")
    people = TextArea(_l("People"))
    file = FileField(_l("File with people"))
    language = ChoiceField(
        _l("Language of their e-mails"), [required(_l("Choose a language."))], choices=choices(ENDONYMS.items()),
        default=current_language,
    )  # fmt: skip

    def read(self) -> Sequence[Delegate]:
        """Everybody in the list. Raises Refusal."""
        return self.read_list(delegates.read, kept=delegates.kept, bounds=FILE, nothing=NOBODY_GIVEN)


class SomebodyForm(Form):
    """Who comes instead, or who coordinates from now on."""

    name = TextField(NAME, NAME_RULES)
    email = EmailField(_l("E-mail address"), ADDRESS_RULES)


class GiveBackForm(Form):
    """How many places without a name are given back."""

    number = TextField(_l("How many places you give back"), [required(_l("Enter a number."))])

    @property
    def asked(self) -> int:
        return _number(self.number)


class AnswerForm(Form):
    """What the team says to a delegation."""

    reason = TextArea(_l("Reason"), [length(1000)])

"""How an organisation is reached: its contacts, the people on its profile, a message to it."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Unpack

import wtforms
from flask import request

from portal.accounts.models import Person
from portal.face.forms import (
    BooleanField,
    Check,
    ChoiceField,
    EmailField,
    Form,
    Given,
    HiddenField,
    SelectField,
    TextArea,
    TextField,
    Versioned,
    choices,
    email,
    length,
    required,
    whole_number,
)
from portal.ground.errors import Refusals
from portal.organisations.models import Contact, ListedKind, Organisation
from portal.organisations.queries import MOST_CONTACTS, contacts_version
from portal.organisations.services import LONGEST_LABEL, LONGEST_MESSAGE, ContactLine, contact_faults
from portal.words.i18n import _l
from portal.words.text import capital_pairs
from portal.words.vocabularies import pairs, vocabulary

LINE = ("number", "kind", "value", "label", "visibility", "place", "remove")
ADD = "add"  # the button that asks for one more line


class ContactsForm(Versioned):
    """The ways to reach an organisation, a line for each and one that is still empty: made by `contacts_form`."""

    rows: ClassVar[int] = 0
    informal: ClassVar[bool] = False
    contact_form = BooleanField(_l("Everybody can write to us through a form on the portal"))
    count = HiddenField()  # lines that were shown

    @property
    def adds(self) -> bool:
        """Was it sent only to get one more line? Nothing is checked then, and nothing saved."""
        return request.form.get("act") == ADD

    @property
    def lines(self) -> list[dict[str, wtforms.Field]]:
        """The fields of each line, by what they hold."""
        return [{name: self[f"{name}_{row}"] for name in LINE} for row in range(1, self.rows + 1)]

    @property
    def typed(self) -> list[ContactLine]:
        """The lines that hold something and are to stay, in the order that was chosen."""
        held = []
        for row, fields in enumerate(self.lines, start=1):
            given = {name: field.data for name, field in fields.items()}
            number = whole_number(given["number"])
            if given["remove"] or (number < 0 and not given["value"] and not given["label"]):
                continue
            line = ContactLine(
                row, given["kind"], given["value"], given["visibility"], given["label"],
                number if number >= 0 else None,
            )  # fmt: skip
            place = whole_number(given["place"])
            held.append(
                ((place, (place > row) - (place < row), row), line)
            )  # who is sent up stands before who is there
        return [line for _place, line in sorted(held, key=lambda one: one[0])]

    def validate(self, extra_validators: Mapping[str, Sequence[Check]] | None = None) -> bool:
        """Everything that is wrong, at once. What is in a line that goes is not looked at."""
        super().validate(extra_validators)
        for fields in self.lines:
            if fields["remove"].data:
                for field in fields.values():
                    field.errors = []
        said = {name for name, field in self._fields.items() if field.errors}
        found = [
            fault
            for fault in contact_faults(self.typed, contact_form=self.contact_form.data, informal=self.informal)
            if fault.field not in said
        ]
        if found:
            self.refuse(Refusals(found))
        return not self.errors and not self.form_errors


def contacts_form(organisation: Organisation, contacts: Sequence[Contact], language: str) -> ContactsForm:
    """The form with a line for each contact, notes in one language, and one more to fill in."""
    shown = whole_number(request.form.get("count")) if request.method == "POST" else len(contacts) + 1
    rows = min(max(shown, 1) + (request.form.get("act") == ADD), MOST_CONTACTS)
    fields: dict[str, object] = {"rows": rows, "informal": organisation.informal}
    for row in range(1, rows + 1):
        fields |= _contact_line(row, rows)
    made: type[ContactsForm] = type("ContactsForm", (ContactsForm,), fields)
    data: dict[str, object] = {
        "contact_form": organisation.contact_form, "version": contacts_version(organisation, contacts),
    }  # fmt: skip
    for row, one in enumerate(contacts, start=1):
        data |= {
            f"number_{row}": one.id, f"kind_{row}": one.kind, f"value_{row}": one.value, f"visibility_{row}": one.visibility,
            f"label_{row}": one.label.get(language) if one.label else "",
        }  # fmt: skip
    form = made(data=data)
    form.count.data = str(rows)
    return form


def _contact_line(row: int, rows: int) -> dict[str, object]:
    places = [(str(place), str(place)) for place in range(1, rows + 1)]
    return {
        f"number_{row}": HiddenField(),
        f"kind_{row}": SelectField(
            _l("What it is"), choices=lambda: choices(capital_pairs(pairs(vocabulary("contact_kind")))), default="email"
        ),
        f"value_{row}": TextField(_l("Address or number"), [length(320)]),
        f"label_{row}": TextField(_l("Note"), [length(LONGEST_LABEL)]),
        f"visibility_{row}": SelectField(
            _l("Who sees it"), choices=lambda: choices(capital_pairs(pairs(vocabulary("visibility")))), default="public"
        ),
        f"place_{row}": SelectField(_l("Place in the list"), choices=lambda: choices(places), default=str(row)),
        f"remove_{row}": BooleanField(_l("Remove this contact")),
    }


class ListForm(Form):
    """Somebody who is to stand on the profile: asked by mail first."""

    kind = ChoiceField(_l("As"), [required(_l("Choose one of the answers."))], default=ListedKind.BOARD.value)
    name = TextField(_l("Name"), [required(_l("Enter the name of the person.")), length(200)])
    work = TextField(_l("What the person does there"), [length(120)])
    email = EmailField(
        _l("E-mail address"), [required(_l("Enter the e-mail address of the person.")), email(), length(320)]
    )
    is_public = BooleanField(_l("Everybody sees the entry, also people without an account"), default=True)

    def __init__(self, **given: Unpack[Given]) -> None:
        super().__init__(**given)
        self.kind.choices = choices(capital_pairs(pairs(vocabulary("listed_kind"))))


class WriteForm(Form):
    """A message to an organisation. Whoever is signed in is asked for words only."""

    name = TextField(_l("Name"), [required(_l("Enter your name.")), length(200)])
    email = EmailField(_l("E-mail address"), [required(_l("Enter your e-mail address.")), email(), length(320)])
    message = TextArea(_l("Message"), [required(_l("Write a message.")), length(LONGEST_MESSAGE)])

    @classmethod
    def by(cls, person: Person | None) -> "WriteForm":
        form = cls()
        if person is not None:
            del form.name, form.email
        return form

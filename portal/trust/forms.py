"""The shape of input about trust in profiles."""

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from portal.face.forms import (
    ChoiceField,
    DateField,
    EmailField,
    Form,
    Given,
    SelectField,
    TextArea,
    TextField,
    choices,
    email,
    length,
    optional,
    required,
)
from portal.organisations.fields import NUMBERS
from portal.organisations.identifiers import FIELDS_OF, SCHEMES
from portal.organisations.models import Organisation
from portal.organisations.themes import legal_forms
from portal.trust.models import ClaimMethod
from portal.words.fields import FieldSet
from portal.words.i18n import _, _l, _lp
from portal.words.text import in_order
from portal.words.vocabularies import label, pairs

REASON = 4000


class AskToVouchForm(Form):
    """Whom to ask to vouch."""

    email = EmailField(
        _l("E-mail address"), [required(_l("Enter the e-mail address of the person.")), email(), length(320)]
    )


class VouchForm(Form):
    """In whose name."""

    via = ChoiceField(_l("Organisation in whose name you vouch"), [required(_l("Choose an organisation."))])

    def __init__(self, organisations: Sequence[Organisation], **given: Unpack[Given]) -> None:
        super().__init__(**given)
        names = in_order([(str(row.id), row.name.shown()) for row in organisations], lambda row: row[1].text)
        self.via.choices = choices(names)
        if len(names) == 1 and not self.is_submitted():
            self.via.data = names[0][0]


class ReasonForm(Form):
    """Why, for those who read it."""

    reason = TextArea(_lp("decision", "Reason"), [required(_l("Say why, in a sentence or two.")), length(REASON)])


class OptionalReasonForm(Form):
    """Words to the other side; whether they are needed depends on the button."""

    reason = TextArea(_lp("decision", "Reason"), [length(REASON)])


class PatronForm(Form):
    """Which organisation is asked to be the patron."""

    patron = TextField(
        _l("Address of the profile of the patron"),
        [required(_l("Enter the address of the profile of the patron.")), length(300)],
    )


class EndForm(Form):
    """Until when a group wants to be there."""

    ends_on = DateField(_l("Last day of the group"), [optional()])


class RegisteringForm(Form):
    """The form and the numbers that a group has now."""

    fields = FieldSet(NUMBERS)
    legal_form = SelectField(_l("Legal form"), [required(_l("Choose a legal form from the list."))])

    def __init__(self, country: str, **given: Unpack[Given]) -> None:
        super().__init__(**given)
        kinds = legal_forms(country, informal=False)
        self.legal_form.choices = choices([("", _("Choose from the list")), *pairs(kinds)])
        for field in SCHEMES:
            if field not in FIELDS_OF[country]:
                del self[field]

    def values(self) -> dict[str, Any]:
        given = super().values()
        numbers: Mapping[str, str] = {name: given.pop(name) or "" for name in SCHEMES if name in given}
        return {**given, "numbers": numbers}


class ClaimForm(Form):
    """By what the claim can be proven."""

    method = ChoiceField(
        _l("How can it be proven that you belong to the organisation?"),
        [required(_l("Choose one of the ways."))],
        choices=lambda: choices((code, label("claim_method", code)) for code in ClaimMethod),
        default=ClaimMethod.MAIL.value,
    )
    address = TextField(_l("E-mail address of the organisation"), [length(320)])
    evidence = TextArea(_l("Who you are in the organisation, and how that can be checked"), [length(REASON)])


class CheckForm(Form):
    """What was checked."""

    kind = ChoiceField(_l("What was checked"), [required(_l("Choose what was checked."))])

    def __init__(self, kinds: Sequence[str], **given: Unpack[Given]) -> None:
        super().__init__(**given)
        self.kind.choices = choices((str(kind), label("verification", kind)) for kind in kinds)

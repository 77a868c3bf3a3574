"""The forms of those who answer the telephone of an event and keep its lists."""

from collections.abc import Mapping, Sequence

from portal.face.forms import (
    Check,
    ChoiceField,
    EmailField,
    Form,
    MultiChoiceField,
    TextField,
    Versioned,
    choices,
    email,
    length,
    optional,
    required,
)
from portal.face.forms.validators import phone
from portal.ground.errors import Refusal
from portal.registration import services
from portal.registration.exports import CHOICES
from portal.registration.forms import NAME, RegistrationForm
from portal.words.i18n import ENDONYMS, _l, current_language

ADDRESS = _l("E-mail address")
ADDRESS_RULES: list[Check] = [required(_l("Enter the e-mail address.")), length(320), email()]


class AddPersonForm(RegistrationForm):
    """The form of registration, filled in for somebody else, who may have no e-mail address."""

    email = EmailField(ADDRESS, [optional(), length(320), email()])
    phone = TextField(_l("Telephone number"), [optional(), length(40), phone()])
    name = TextField(NAME, [required(_l("Enter the first and last name.")), length(200)])
    locale = ChoiceField(
        _l("Language of the messages to this person"),
        [required(_l("Choose the language of the messages."))],
        choices=choices(ENDONYMS.items()),
        default=current_language,
    )

    def validate(self, extra_validators: Mapping[str, Sequence[Check]] | None = None) -> bool:
        """There has to be a way to tell the person of changes."""
        valid = super().validate(extra_validators)
        if not (self.email.errors or self.email.data or self.phone.errors or self.phone.data):
            self.refuse(Refusal(services.NO_WAY, field="email"))
            return False
        return valid


class AddressForm(Versioned):
    """Another address for a registration."""

    email = EmailField(ADDRESS, ADDRESS_RULES)


class ExportForm(Form):
    """Which columns of the list somebody takes along."""

    columns = MultiChoiceField(
        _l("Columns"),
        [required(_l("Choose at least one column."))],
        choices=choices(CHOICES),
        default=[code for code, _words in CHOICES],
    )

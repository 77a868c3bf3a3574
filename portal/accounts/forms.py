"""What people type about their own account."""

from typing import Self

from portal.accounts.fields import PERSON
from portal.accounts.models import Account
from portal.accounts.passwords import LEAST, MOST
from portal.face.forms import (
    BooleanField,
    ChoiceField,
    EmailField,
    Form,
    PasswordField,
    TextField,
    Words,
    choices,
    email,
    length,
    required,
    unbound,
)
from portal.mail import Frequency, Kind, preferences
from portal.mail.kinds import OFFERED, optional_kinds
from portal.words.i18n import _l
from portal.words.text import capital
from portal.words.vocabularies import label

EMAIL = _l("E-mail address")
PASSWORD = _l("Password")
NEW_PASSWORD = _l("New password")


def email_field(label: Words = EMAIL) -> EmailField:
    return EmailField(label, [required(_l("Enter the e-mail address.")), length(254), email()])


def new_password_field(label: Words = NEW_PASSWORD) -> PasswordField:
    return PasswordField(label, [required(_l("Enter the password.")), length(MOST, LEAST)])


def password_field() -> PasswordField:
    """The password somebody has; whatever its length, it either opens the account or not."""
    return PasswordField(PASSWORD, [required(_l("Enter the password.")), length(MOST)])


def code_field() -> TextField:
    """A code of the app, or a recovery code."""
    return TextField(_l("Code"), [required(_l("Enter the code.")), length(40)])


class SignUpForm(Form):
    name = unbound(PERSON["name"])
    email = email_field()
    password = new_password_field(PASSWORD)


class SignInForm(Form):
    email = EmailField(EMAIL, [required(_l("Enter the e-mail address.")), length(254)])
    password = password_field()
    stay = BooleanField(_l("Stay logged in on this device for 14 days"))


class CodeForm(Form):
    code = code_field()


class PasswordForm(Form):
    """The password once more, before something that matters; with the code where signing in asks for it."""

    password = password_field()
    code = code_field()

    @classmethod
    def of(cls, account: Account) -> Self:
        """What opens this account: a password alone is not enough where there is a second step."""
        form = cls()
        if not account.has_second_step:
            del form.code
        return form


class AddressForm(Form):
    email = email_field()


class NewAddressForm(Form):
    email = email_field(_l("New e-mail address"))


class NewPasswordForm(Form):
    password = new_password_field()


class FirstPasswordForm(Form):
    """The password of an account that opens with it."""

    password = new_password_field(PASSWORD)


class PersonForm(Form):
    """The own name, and the language of messages."""

    fields = PERSON


class MailForm(Form):
    """How often each kind of mail comes that one can do without: a field for every kind that the portal sends."""

    def wanted(self) -> dict[Kind, Frequency]:
        """What was chosen; a kind for which nothing was is not among it."""
        given = {kind: self[_field_of(kind)].data for kind in optional_kinds()}
        return {kind: Frequency(often) for kind, often in given.items() if often}


def mail_form(address: str) -> MailForm:
    """The form with what holds for a mailbox today."""
    held = preferences.of_mailbox(address)
    often = choices((one, label("mail_frequency", one)) for one in OFFERED)
    fields = {_field_of(kind): ChoiceField(capital(kind.label), choices=often) for kind in held}
    made: type[MailForm] = type("MailForm", (MailForm,), fields)
    return made(data={_field_of(kind): str(one) for kind, one in held.items()})


def _field_of(kind: Kind) -> str:
    return kind.replace("-", "_")

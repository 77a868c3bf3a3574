"""What people type about their own account."""

from portal.accounts.fields import PERSON
from portal.accounts.passwords import LEAST, MOST
from portal.face.forms import (
    BooleanField,
    EmailField,
    Form,
    PasswordField,
    TextField,
    Words,
    email,
    length,
    required,
    unbound,
)
from portal.words.i18n import _l

EMAIL = _l("E-mail address")
PASSWORD = _l("Password")
NEW_PASSWORD = _l("New password")


def email_field(label: Words = EMAIL) -> EmailField:
    return EmailField(label, [required(_l("Enter the e-mail address.")), length(254), email()])


def new_password_field(label: Words = NEW_PASSWORD) -> PasswordField:
    return PasswordField(label, [required(_l("Enter a password.")), length(MOST, LEAST)])


def password_field() -> PasswordField:
    """The password somebody has; whatever its length, it either opens the account or not."""
    return PasswordField(PASSWORD, [required(_l("Enter the password.")), length(MOST)])


class SignUpForm(Form):
    name = unbound(PERSON["name"])
    email = email_field()
    password = new_password_field(PASSWORD)


class SignInForm(Form):
    email = EmailField(EMAIL, [required(_l("Enter the e-mail address.")), length(254)])
    password = password_field()
    stay = BooleanField(_l("Stay logged in on this device for 14 days"))


class CodeForm(Form):
    code = TextField(_l("Code"), [required(_l("Enter the code.")), length(40)])


class PasswordForm(Form):
    """The password once more, before something that matters."""

    password = password_field()


class AddressForm(Form):
    email = email_field()


class NewAddressForm(Form):
    email = email_field(_l("New e-mail address"))


class NewPasswordForm(Form):
    password = new_password_field()


class PersonForm(Form):
    """The own name, and the language of messages."""

    fields = PERSON

"""The shape of input about the portal itself."""

from portal.face.forms import EmailField, TextField, Versioned, email, length, optional, required
from portal.words.i18n import _l

ADDRESS = [length(320), email()]


class OperatorForm(Versioned):
    """Who runs the portal."""

    name = TextField(
        _l("Name of the organisation or office"),
        [required(_l("Enter the name of whoever runs the portal.")), length(200)],
    )
    address = TextField(_l("Postal address"), [required(_l("Enter the postal address.")), length(300)])
    email = EmailField(_l("E-mail address"), [required(_l("Enter the e-mail address.")), *ADDRESS])
    phone = TextField(_l("Telephone number"), [length(40)])
    protection_officer = EmailField(_l("E-mail address of the data protection officer"), [optional(), *ADDRESS])
    accessibility_contact = TextField(_l("Who answers questions about accessibility"), [length(200)])

"""What is said of whoever runs the portal."""

from portal.words.fields import Field, FieldSet, Kind
from portal.words.i18n import _l

OPERATOR = FieldSet(
    Field(
        "name", Kind.LINE, _l("Name of the organisation or office"), most=200, autocomplete="organization",
        needed=_l("Enter the name of whoever runs the portal."),
        hint=_l("The one who answers for the data of people: a foundation, an association or an office."),
    ),
    Field(
        "address", Kind.LINE, _l("Postal address"), most=300, needed=_l("Enter the postal address."),
        hint=_l("Street, number, postcode and town."),
    ),
    Field(
        "email", Kind.EMAIL, _l("E-mail address"), most=320, autocomplete="email", needed=_l("Enter the e-mail address."),
    ),
    Field("phone", Kind.PHONE, _l("Telephone number"), most=40, width="m", autocomplete="tel"),
    Field(
        "protection_officer", Kind.EMAIL, _l("E-mail address of the data protection officer"), most=320,
        hint=_l("Only where an officer is appointed."),
    ),
    Field(
        "accessibility_contact", Kind.LINE, _l("Who answers questions about accessibility"), most=200,
        hint=_l("A person or a team, named in the accessibility statement."),
    ),
    Field(
        "office_access", Kind.LINES, _l("How to get into the office"), most=1000, rows=4,
        hint=_l("Entrance, lift, toilet, guide dogs, sign language. It is read in the accessibility statement."),
    ),
)  # fmt: skip

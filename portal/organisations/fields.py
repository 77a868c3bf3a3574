"""What a profile is made of. A new field is a line here, a column with its migration, and its words in the catalogues."""

from portal.organisations.models import ContactVisibility
from portal.organisations.themes import themes
from portal.words.fields import Field, FieldSet, Group, Kind
from portal.words.i18n import _l
from portal.words.vocabularies import label, pairs, vocabulary

WHO = Group.of(
    _l("Who you are"),
    Field(
        "name", Kind.LINE, _l("Name of the organisation or group"), most=200, translated=True, autocomplete="organization",
        needed=_l("Enter the name of the organisation or group."),
    ),
    Field(
        "legal_form", Kind.LIST, _l("Legal form"), choices=lambda: pairs(vocabulary("legal_forms")), reviewed=True,
        needed=_l("Choose a legal form from the list."),
    ),
    Field(
        "town", Kind.LINE, _l("Town or village"), most=120, needed=_l("Enter the town or village."), width="m",
        reviewed=True, autocomplete="address-level2",
    ),
    Field(
        "region", Kind.LIST, _l("Region"), choices=lambda: pairs(vocabulary("regions")), width="m", reviewed=True,
        needed=_l("Choose a region from the list."),
    ),
    Field("founded_year", Kind.NUMBER, _l("Founded in the year"), width="s", public=True, reviewed=True),
)  # fmt: skip

# No columns: each number is a row of its own, with its scheme (`identifiers`). Which ones there are depends on the country.
NUMBERS = Group.of(
    _l("Numbers in registers"),
    Field(
        "krs", Kind.LINE, _l("KRS number"), most=40, width="m", digits=True,
        hint=_l("Up to ten digits, for example 0000123456"),
    ),
    Field("nip", Kind.LINE, _l("NIP"), most=40, width="m", digits=True, hint=_l("Ten digits")),
    Field("regon", Kind.LINE, _l("REGON number"), most=40, width="m", digits=True, hint=_l("Nine or fourteen digits")),
    Field("eik", Kind.LINE, _l("EIK"), most=40, width="m", digits=True, hint=_l("Nine or thirteen digits")),
)  # fmt: skip

WORK = Group.of(
    _l("What you do"),
    Field(
        "themes", Kind.SEVERAL, _l("Themes"), choices=lambda: pairs(themes()), needed=_l("Choose one to five themes."),
        hint=_l("At most five. They help others to find you."),
    ),
    Field(
        "summary", Kind.LINES, _l("In one or two sentences"), most=300, translated=True, rows=3,
        hint=_l("It is shown in lists. At most 300 characters."),
    ),
    Field("description", Kind.RICH, _l("About us"), translated=True),
)  # fmt: skip

CONTACT = Group.of(
    _l("Contact"),
    Field(
        "website", Kind.URL, _l("Website"), most=300, autocomplete="url", reviewed=True,
        hint=_l("The whole address, for example https://example.org"),
    ),
    Field(
        "contact_email", Kind.EMAIL, _l("Contact e-mail address"), most=320, reviewed=True,
        hint=_l("An address of the organisation, not a private one"),
    ),
    Field("contact_phone", Kind.PHONE, _l("Telephone number"), most=40, width="m", reviewed=True, autocomplete="tel"),
    Field(
        "contact_visibility", Kind.RADIO, _l("Who sees the e-mail address and the telephone number"),
        choices=lambda: [(code, label("visibility", code)) for code in ContactVisibility],
        start=ContactVisibility.PUBLIC.value, needed=_l("Choose who sees these details."),
    ),
)  # fmt: skip

PROFILE = FieldSet(WHO, WORK, CONTACT)
ASKED = FieldSet(WHO, NUMBERS, WORK, CONTACT)  # as the form has them
LOGO_ALT = Field("logo_alt", Kind.LINE, _l("Description of the logo"), most=150, translated=True)
TRANSLATED = FieldSet(*PROFILE.texts, LOGO_ALT)
PUBLIC = PROFILE.where(lambda field: field.public)
REVIEWED = PROFILE.where(lambda field: field.reviewed)

"""What a profile is made of, in the sections in which it is written.

A new field is a line here, and a column with its migration or, in NUMBERS, TERMS and LINKS, the list that its rows are
from; and its words in the catalogues.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.ground.sentences import Sentence
from portal.organisations.models import Organisation, Scheme
from portal.organisations.places import town_shown
from portal.organisations.themes import languages, subgroups, terms, themes
from portal.words.fields import Field, FieldSet, Group, Kind
from portal.words.i18n import Shown, _l
from portal.words.vocabularies import pairs, vocabulary

UNSAID = _l("Not said")


def _town(row: object) -> Shown:
    assert isinstance(row, Organisation)
    return town_shown(row.town, row.region)


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
    Field("founded_year", Kind.NUMBER, _l("Founded in the year"), width="s", public=True, reviewed=True),
    Field(
        "size", Kind.LIST, _l("Size"), choices=lambda: [("", UNSAID), *pairs(terms(Scheme.SIZE))],
        hint=_l("What the organisation spends in a year, roughly. It helps networks and donors to find small ones."),
    ),
)  # fmt: skip

PLACE = Group.of(
    _l("Place and access"),
    Field(
        "town", Kind.LINE, _l("Town or village"), most=120, needed=_l("Enter the town or village."), width="m",
        reviewed=True, autocomplete="address-level2", told=_town,
    ),
    Field(
        "region", Kind.LIST, _l("Region"), choices=lambda: pairs(vocabulary("regions")), width="m", reviewed=True,
        needed=_l("Choose a region from the list."),
    ),
    Field(
        "settlement_type", Kind.LIST, _l("Where you work"), width="m",
        choices=lambda: [("", UNSAID), *pairs(terms(Scheme.SETTLEMENT_TYPE))],
    ),
    Field(
        "venue_access", Kind.SEVERAL, _l("Access to the place where you meet"),
        choices=lambda: pairs(terms(Scheme.VENUE_ACCESS)),
        hint=_l("Tick only what is there today. People decide by it whether they come."),
    ),
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

AIMS = Group.of(
    _l("Tasks and goals"),
    Field(
        "subgroups", Kind.SEVERAL, _l("More exactly than by themes"), choices=lambda: pairs(subgroups()),
        hint=_l("At most ten, of the themes that you have chosen."),
    ),
    Field(
        "art4", Kind.SEVERAL, _l("Spheres of public tasks"), choices=lambda: pairs(terms(Scheme.ART4)),
        hint=_l("As in your statute: art. 4(1) of the Polish act on public benefit and volunteering."),
    ),
    Field(
        "art38", Kind.SEVERAL, _l("Purposes of public benefit"), choices=lambda: pairs(terms(Scheme.ART38)),
        hint=_l("As in your statute: art. 38(1) of the Bulgarian act on non-profit legal entities."),
    ),
    Field(
        "sdg", Kind.SEVERAL, _l("Sustainable Development Goals"), choices=lambda: pairs(terms(Scheme.SDG)),
        hint=_l("At most five, those that you work for most."),
    ),
)  # fmt: skip

GROUPS = Group.of(
    _l("Whom you work for"),
    Field(
        "target_groups", Kind.SEVERAL, _l("Groups of people"), choices=lambda: pairs(terms(Scheme.TARGET_GROUP)),
        hint=_l("Tick those whom you really reach."),
    ),
)  # fmt: skip

SPOKEN = Group.of(
    _l("Languages"),
    Field(
        "spoken", Kind.SEVERAL, _l("Languages in which people can talk to you"), choices=lambda: pairs(languages()),
        hint=_l("Sign languages too."),
    ),
)  # fmt: skip

_WHOLE_ADDRESS = _l("The whole address, for example https://example.org")
# Beside the website no columns: each address is a row with its kind, which is the name of the field.
LINKS = Group.of(
    _l("Websites"),
    Field(
        "website", Kind.URL, _l("Website"), most=300, autocomplete="url", reviewed=True, hint=_WHOLE_ADDRESS,
    ),
    Field("facebook", Kind.URL, "Facebook", most=300),
    Field("instagram", Kind.URL, "Instagram", most=300),
    Field("youtube", Kind.URL, "YouTube", most=300),
    Field("linkedin", Kind.URL, "LinkedIn", most=300),
    Field("mastodon", Kind.URL, _l("Mastodon or another part of the Fediverse"), most=300),
    Field("accessibility", Kind.URL, _l("Accessibility statement"), most=300),
    Field("bip", Kind.URL, _l("Public Information Bulletin (BIP)"), most=300),
)  # fmt: skip

MONEY = Group.of(
    _l("Support"),
    Field(
        "iban", Kind.LINE, _l("Bank account for donations"), most=60, width="m",
        hint=_l("The account of the organisation: 26 digits in Poland, BG and 20 characters in Bulgaria"),
    ),
    Field("donation", Kind.URL, _l("Page for donations"), most=300, hint=_WHOLE_ADDRESS),
    Field("fundraiser", Kind.URL, _l("Page of a collection that is running"), most=300),
    Field(
        "public_benefit", Kind.YES, _l("We are a public benefit organisation (OPP) and may be given 1.5 per cent of tax"),
        hint=_l("The profile then shows your KRS number for the tax return."),
    ),
    Field(
        "tax_purpose", Kind.LINE, _l("Purpose to be entered in the tax return"), most=100,
        hint=_l("Only if the money is for somebody or something in particular"),
    ),
)  # fmt: skip

# What is rows of `organisation_term`, by field.
SCHEME_OF: Mapping[str, Scheme] = {
    "subgroups": Scheme.SUBGROUP, "art4": Scheme.ART4, "art38": Scheme.ART38, "sdg": Scheme.SDG,
    "target_groups": Scheme.TARGET_GROUP, "size": Scheme.SIZE, "settlement_type": Scheme.SETTLEMENT_TYPE,
    "spoken": Scheme.LANGUAGE, "venue_access": Scheme.VENUE_ACCESS,
}  # fmt: skip
LINK_FIELDS = tuple(field.name for field in (*LINKS.fields, *MONEY.fields) if field.kind is Kind.URL)[1:]
# What only organisations of one country have; of these, what only those in a register have.
ONLY_IN: Mapping[str, str] = {
    "krs": "PL", "nip": "PL", "regon": "PL", "eik": "BG", "art4": "PL", "art38": "BG", "bip": "PL", "public_benefit": "PL",
    "tax_purpose": "PL",
}  # fmt: skip
REGISTERED = frozenset({*(field.name for field in NUMBERS.fields), "public_benefit", "tax_purpose"})


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a profile that is written on a page of its own; `code` stands in its address."""

    code: str
    group: Group

    @property
    def title(self) -> Sentence:
        return self.group.legend

    def fields(self, country: str, informal: bool) -> FieldSet:
        """What it asks an organisation of this country; a section that asks nothing is not there."""
        return FieldSet(self.group).where(lambda field: applies(field.name, country, informal))


def applies(name: str, country: str, informal: bool) -> bool:
    """Does an organisation of this country, in a register or informal, have this field?"""
    return ONLY_IN.get(name, country) == country and not (informal and name in REGISTERED)


SECTIONS = (
    Section("who", WHO),
    Section("work", WORK),
    Section("place", PLACE),
    Section("groups", GROUPS),
    Section("numbers", NUMBERS),
    Section("links", LINKS),
    Section("support", MONEY),
    Section("languages", SPOKEN),
    Section("aims", AIMS),
)
SECTION_OF: Mapping[str, str] = {field.name: one.code for one in SECTIONS for field in one.group.fields}

ASKED = FieldSet(*(section.group for section in SECTIONS))
_APART = frozenset({*(field.name for field in NUMBERS.fields), *SCHEME_OF, *LINK_FIELDS})
PROFILE = ASKED.where(lambda field: field.name not in _APART)  # what is columns
# A new profile is asked for little; the rest is written when it is there.
NEW = ASKED.where(lambda field: bool(field.needed) or field.name == "summary")
LOGO_ALT = Field("logo_alt", Kind.LINE, _l("Description of the logo"), most=150, translated=True)
TRANSLATED = FieldSet(*PROFILE.texts, LOGO_ALT)
PUBLIC = PROFILE.where(lambda field: field.public)
REVIEWED = PROFILE.where(lambda field: field.reviewed)

# What is given out as data (`exports`): all that a public profile says but long texts, which stay on its page. Numbers have
# columns of their own.
OPEN = ASKED.where(lambda field: field.kind is not Kind.RICH and field not in NUMBERS.fields)

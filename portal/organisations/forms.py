"""The forms of organisations: the shape of input only."""

from collections.abc import Sequence
from typing import Any

from portal.face.forms import (
    BooleanField,
    ChoiceField,
    EditorArea,
    EmailField,
    FileField,
    Form,
    IntegerField,
    MultiChoiceField,
    SelectField,
    TextArea,
    TextField,
    UrlField,
    Versioned,
    choices,
    email,
    http_url,
    length,
    optional,
    required,
)
from portal.organisations.identifiers import FIELDS_OF, SCHEMES
from portal.organisations.models import ContactVisibility, Organisation, Role
from portal.organisations.places import regions
from portal.organisations.themes import legal_forms, themes
from portal.words.i18n import ENDONYMS, LANGUAGES, Localized, _, _l, current_language
from portal.words.vocabularies import Term, label, vocabulary

MOST_NAME, MOST_SUMMARY, MOST_ALT = 200, 300, 150


class ProfileForm(Form):
    """The whole profile in one language. Lists are those of its country."""

    name = TextField(
        _l("Name of the organisation or group"),
        [required(_l("Enter the name of the organisation or group.")), length(MOST_NAME)],
    )
    legal_form = SelectField(_l("Legal form"), [required(_l("Choose a legal form from the list."))])
    town = TextField(_l("Town or village"), [required(_l("Enter the town or village.")), length(120)])
    region = SelectField(_l("Region"), [required(_l("Choose a region from the list."))])
    founded_year = IntegerField(_l("Founded in the year"))
    krs = TextField(_l("KRS number"), [length(40)])
    nip = TextField(_l("NIP"), [length(40)])
    regon = TextField(_l("REGON number"), [length(40)])
    eik = TextField(_l("EIK"), [length(40)])
    themes = MultiChoiceField(_l("Themes"), [required(_l("Choose one to five themes."))])
    summary = TextArea(_l("In one or two sentences"), [length(MOST_SUMMARY)])
    description = EditorArea(_l("About us"))
    website = UrlField(_l("Website"), [optional(), http_url(), length(300)])
    contact_email = EmailField(_l("E-mail address for contact"), [optional(), email(), length(320)])
    contact_phone = TextField(_l("Telephone number"), [length(40)])
    contact_visibility = ChoiceField(
        _l("Who sees the e-mail address and the telephone number"),
        [required(_l("Choose who sees these details."))],
        default=ContactVisibility.PUBLIC.value,
    )

    def __init__(self, country: str, *, informal: bool | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        kinds = legal_forms(country, informal)
        self.legal_form.choices = choices([("", _("Choose from the list")), *_pairs(kinds)])
        self.region.choices = choices([("", _("Choose from the list")), *_pairs(regions(country))])
        self.region.label.text = _("Voivodeship") if country == "PL" else _("Oblast")
        self.themes.choices = choices(_pairs(themes()))
        visible = tuple(ContactVisibility)
        self.contact_visibility.choices = choices(p for p in _pairs(vocabulary("visibility")) if p[0] in visible)
        for field in SCHEMES:
            if informal or field not in FIELDS_OF[country]:
                del self[field]


class NewForm(ProfileForm):
    """A new profile; its language is the reader's choice."""

    language = ChoiceField(
        _l("Language of the profile"),
        [required(_l("Choose the language of the profile."))],
        choices=choices((code, ENDONYMS[code]) for code in LANGUAGES),
        default=current_language,
    )


class EditForm(ProfileForm, Versioned):
    """The profile as it is, with the version that was read."""

    @classmethod
    def of(cls, organisation: Organisation, numbers: dict[str, str]) -> "EditForm":
        language = organisation.name.original
        texts = {name: getattr(organisation, name).get(language) for name in ("name", "summary", "description")}
        known = {field: numbers.get(scheme, "") for field, scheme in SCHEMES.items()}
        same = {
            name: getattr(organisation, name) for name in ("legal_form", "region", "town", "founded_year", "website")
        }
        contact = {n: getattr(organisation, n) for n in ("contact_email", "contact_phone", "contact_visibility")}
        data = {**texts, **known, **same, **contact, "themes": list(organisation.themes)}
        return cls(organisation.country, data={**data, "version": organisation.row_version})


class TranslationForm(Versioned):
    """A profile in a language other than its own."""

    name = TextField(_l("Name of the organisation or group"), [length(MOST_NAME)])
    summary = TextArea(_l("In one or two sentences"), [length(MOST_SUMMARY)])
    description = EditorArea(_l("About us"))
    logo_alt = TextField(_l("Description of the logo"), [length(MOST_ALT)])
    compared = BooleanField(_l("I have compared all texts with the original"))

    @classmethod
    def of(cls, organisation: Organisation, language: str) -> "TranslationForm":
        alt = organisation.logo_alt or Localized()
        texts = {name: getattr(organisation, name) for name in ("name", "summary", "description")}
        words = {name: text.get(language) for name, text in (*texts.items(), ("logo_alt", alt))}
        form = cls(data={**words, "version": organisation.row_version})
        if not alt:
            del form["logo_alt"]
        if not any(text.is_outdated(language) for text in (*texts.values(), alt)):
            del form["compared"]
        return form


class LogoForm(Form):
    """A picture with its description."""

    picture = FileField(_l("File with the logo"))
    alt = TextField(_l("Description of the logo"), [length(MOST_ALT)])
    decorative = BooleanField(_l("The logo only decorates and says nothing more than the name"))

    @classmethod
    def of(cls, organisation: Organisation) -> "LogoForm":
        alt = organisation.logo_alt.source if organisation.logo_alt else ""
        return cls(data={"alt": alt, "decorative": organisation.logo_id is not None and not alt})

    def values(self) -> dict[str, Any]:
        picture = self.picture.data
        return {**super().values(), "picture": picture.read() if picture else None}


class InvitationForm(Form):
    """Whom to ask, and for what."""

    email = EmailField(
        _l("E-mail address"), [required(_l("Enter the e-mail address of the person.")), email(), length(320)]
    )
    role = ChoiceField(_l("Role"), [required(_l("Choose a role."))], default=Role.EDITOR.value)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        offered = (Role.EDITOR, Role.TRANSLATOR, Role.AUTHOR, Role.OWNER)
        self.role.choices = choices((role, label("org_role", role)) for role in offered)


class ReasonForm(Form):
    """Why."""

    reason = TextArea(
        _l("Reason"), [required(_l("Give the reason: the people of the organisation will read it.")), length(2000)]
    )


def _pairs(terms: Sequence[Term]) -> list[tuple[str, str]]:
    return [(term.code, term.label) for term in terms]

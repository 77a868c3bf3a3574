"""The forms of organisations: the shape of input only."""

from collections.abc import Mapping
from typing import Any, Unpack

from portal.face.forms import (
    BooleanField,
    ChoiceField,
    EmailField,
    FileField,
    Form,
    Given,
    SelectField,
    TextArea,
    TextField,
    Versioned,
    choices,
    email,
    length,
    required,
)
from portal.organisations.fields import ASKED, LOGO_ALT, PROFILE, TRANSLATED
from portal.organisations.identifiers import FIELDS_OF, SCHEMES
from portal.organisations.models import Organisation, Role
from portal.organisations.places import regions_by_name
from portal.organisations.themes import legal_forms
from portal.words.i18n import _, _l, _lp, current_language, endonyms
from portal.words.vocabularies import label, pairs


class ProfileForm(Form):
    """The whole profile in one language. Lists are those of its country."""

    fields = ASKED
    legal_form: SelectField
    region: SelectField

    def __init__(self, country: str, *, informal: bool | None = None, **given: Unpack[Given]) -> None:
        super().__init__(**given)
        kinds = legal_forms(country, informal)
        self.legal_form.choices = choices([("", _("Choose from the list")), *pairs(kinds)])
        self.region.choices = choices([("", _("Choose from the list")), *pairs(regions_by_name(country))])
        self.region.label.text = _("Voivodeship") if country == "PL" else _("Oblast")
        for field in SCHEMES:
            if informal or field not in FIELDS_OF[country]:
                del self[field]


class NewForm(ProfileForm):
    """A new profile; its language is the reader's choice."""

    language = ChoiceField(
        _l("Language of the profile"),
        [required(_l("Choose the language of the profile."))],
        choices=lambda: choices(endonyms()),
        default=current_language,
    )


class EditForm(ProfileForm, Versioned):
    """The profile as it is, with the version that was read."""

    @classmethod
    def of(cls, organisation: Organisation, numbers: Mapping[str, str]) -> "EditForm":
        stored = PROFILE.read(organisation, organisation.name.original)
        return cls(organisation.country, data={**stored, **numbers, "version": organisation.row_version})


class TranslationForm(Versioned):
    """A profile in a language other than its own."""

    fields = TRANSLATED
    compared = BooleanField(_l("I have compared all texts with the original"))

    @classmethod
    def of(cls, organisation: Organisation, language: str) -> "TranslationForm":
        form = cls.on(organisation, language)
        texts = [getattr(organisation, field.stored) for field in TRANSLATED]
        if not organisation.logo_alt:
            del form["logo_alt"]
        if not any(text.is_outdated(language) for text in texts if text):
            del form["compared"]
        return form


class LogoForm(Form):
    """A picture with its description."""

    picture = FileField(_l("File with the logo"))
    alt = TextField(LOGO_ALT.label, [length(LOGO_ALT.most)])
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

    def __init__(self, **given: Unpack[Given]) -> None:
        super().__init__(**given)
        offered = (Role.EDITOR, Role.TRANSLATOR, Role.AUTHOR, Role.OWNER)
        self.role.choices = choices((role, label("org_role", role)) for role in offered)


class ReasonForm(Form):
    """Why."""

    reason = TextArea(
        _lp("decision", "Reason"),
        [required(_l("Give the reason: the people of the organisation will read it.")), length(2000)],
    )

"""What a profile says: new, section by section, translated, as it was before."""

from functools import cache
from typing import Any, Unpack

from portal.face.forms import (
    BooleanField,
    ChoiceField,
    FileField,
    Form,
    Given,
    IntegerField,
    SelectField,
    TextField,
    Versioned,
    choices,
    length,
    required,
)
from portal.organisations import queries, services
from portal.organisations.fields import LOGO_ALT, NEW, TRANSLATED, Section
from portal.organisations.models import NameKind, Organisation
from portal.organisations.places import regions_by_name
from portal.organisations.themes import legal_forms
from portal.words.i18n import _, _l, current_language, endonyms
from portal.words.vocabularies import label, pairs


def _of_another() -> BooleanField:
    """In each form that asks for a name: is shown once another organisation has it."""
    return BooleanField(_l("This is another organisation that happens to have the same name"))


class _OfCountry(Form):
    """Fields of a profile, of which some have lists of their country."""

    def __init__(self, country: str, *, informal: bool | None = None, **given: Unpack[Given]) -> None:
        super().__init__(**given)
        first = ("", _("Choose from the list"))
        if isinstance(kinds := self._fields.get("legal_form"), SelectField):
            kinds.choices = choices([first, *pairs(legal_forms(country, informal))])
        if isinstance(areas := self._fields.get("region"), SelectField):
            areas.choices = choices([first, *pairs(regions_by_name(country))])
            areas.label.text = _("Voivodeship") if country == "PL" else _("Oblast")


class NewForm(_OfCountry):
    """A new profile: what is needed to begin with. Its language is the reader's choice."""

    fields = NEW
    is_another = _of_another()
    language = ChoiceField(
        _l("Language of the profile"),
        [required(_l("Choose the language of the profile."))],
        choices=lambda: choices(endonyms()),
        default=current_language,
    )


class SectionForm(_OfCountry, Versioned):
    """A section of a profile as it is, with the edition of it that was read."""

    is_another = _of_another()

    def __init__(self, country: str, **given: Unpack[Given]) -> None:
        super().__init__(country, **given)
        if "name" not in self.fields:
            del self.is_another

    @classmethod
    def of(cls, organisation: Organisation, section: Section) -> "SectionForm":
        fields = section.fields(organisation.country, organisation.informal)
        stored = {name: value for name, value in queries.stored(organisation).items() if name in fields}
        form = _section_form(section, organisation.country, organisation.informal)
        return form(organisation.country, data={**stored, "version": queries.edition(stored)})


@cache
def _section_form(section: Section, country: str, informal: bool) -> type[SectionForm]:
    """One class for each section that an organisation of a country has."""
    return type("SectionForm", (SectionForm,), {"fields": section.fields(country, informal)})


class NameForm(Form):
    """Another name, by which an organisation is found."""

    kind = ChoiceField(_l("What kind of name it is"), [required(_l("Choose what kind of name it is."))])
    text = TextField(_l("Name"), [required(_l("Enter the name.")), length(services.LONGEST_NAME)])
    language = SelectField(_l("Language of the name"))
    until_year = IntegerField(_l("Used until the year"))
    is_another = _of_another()

    def __init__(self, **given: Unpack[Given]) -> None:
        super().__init__(**given)
        self.kind.choices = choices((kind, label("name_kind", kind)) for kind in NameKind)
        self.language.choices = choices([("", _("Not said")), *endonyms()])


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


class RestoreForm(Versioned):
    """An earlier version is brought back, over the one that was looked at."""

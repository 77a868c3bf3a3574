"""What the overview of a profile lists of this feature: its sections, names, logo, translations and people."""

from collections.abc import Iterator, Mapping, Sequence

from flask import url_for

from portal.face.look import ProfilePart
from portal.ground.authz import can
from portal.organisations import queries
from portal.organisations.fields import SECTIONS, Section
from portal.organisations.models import ContactKind, Organisation
from portal.organisations.policies import Permission
from portal.words.fields import FieldSet, Kind
from portal.words.i18n import LANGUAGES, LazyString, _, _l
from portal.words.vocabularies import label, language_name

# What helps a reader most where it is empty, the most useful first: (field, what to do).
STEPS: Sequence[tuple[str, LazyString]] = (
    ("summary", _l("Say in one or two sentences what you do: they are shown in lists.")),
    ("description", _l("Tell what you do, in your own words.")),
    ("krs", _l("Add your KRS number: readers and donors recognise you by it.")),
    ("eik", _l("Add your EIK: readers and donors recognise you by it.")),
    ("target_groups", _l("Say whom you work for: people look for that.")),
    ("website", _l("Add the address of your website.")),
    ("settlement_type", _l("Say whether you work in villages, in small towns or in a city.")),
    ("venue_access", _l("Say how people get into the place where you meet.")),
    ("spoken", _l("Say in which languages people can talk to you.")),
    ("iban", _l("Add the bank account for donations.")),
)
UNTOLD = (Kind.YES, Kind.RADIO)  # always answered, or a sentence of its own
# Without these a profile is as complete as with them.
EXTRA = frozenset({
    "facebook", "instagram", "youtube", "linkedin", "mastodon", "bip", "accessibility", "fundraiser", "public_benefit",
    "tax_purpose", "subgroups",
})  # fmt: skip


def sections_of(organisation: Organisation) -> Iterator[tuple[Section, FieldSet]]:
    """The sections that this organisation has, with their fields."""
    for section in SECTIONS:
        fields = section.fields(organisation.country, organisation.informal)
        if list(fields):
            yield section, fields


def steps(organisation: Organisation, stored: Mapping[str, object]) -> Iterator[tuple[str, LazyString]]:
    """What could be added, the most useful first: (field, what to do)."""
    asked = {field.name for _section, fields in sections_of(organisation) for field in fields}
    return ((name, words) for name, words in STEPS if name in asked and not stored[name])


def profile_parts(organisation: Organisation) -> Sequence[ProfilePart]:
    """For whoever may edit it: the sections of the profile and its other pages."""
    return [*_sections(organisation), *_others(organisation)]


def _sections(organisation: Organisation) -> Iterator[ProfilePart]:
    if not can(Permission.EDIT, organisation):
        return
    stored = queries.stored(organisation)
    todo = dict(steps(organisation, stored))
    order = list(todo)
    for number, (section, fields) in enumerate(sections_of(organisation)):
        here = [name for name in order if name in fields]
        yield ProfilePart(
            section.title,
            url_for("organisations.edit_section", slug=organisation.slug, section=section.code),
            filled=[field.label for field in fields if stored[field.name] and field.kind not in UNTOLD],
            missing=[field.label for field in fields if not stored[field.name] and field.name not in EXTRA],
            step=todo[here[0]] if here else "",
            use=order.index(here[0]) if here else 100,
            place=number,
        )


def _others(organisation: Organisation) -> Iterator[ProfilePart]:
    slug = organisation.slug
    if can(Permission.EDIT, organisation):
        kinds = dict.fromkeys(name.kind for name in queries.names_of(organisation))
        yield ProfilePart(
            _("Other names"), url_for("organisations.names", slug=slug), place=15,
            filled=[label("name_kind", kind) for kind in kinds],
            says="" if kinds else _("Short, former and other names, by which people look for you"),
        )  # fmt: skip
        ways = queries.kinds_of_contacts(organisation)
        yield ProfilePart(
            _("Contacts"), url_for("organisations.contacts", slug=slug), place=4,
            filled=[label("contact_kind", kind) for kind in ContactKind if kind in ways],
            step="" if ContactKind.EMAIL in ways else _("Add an e-mail address, so that people can write to you."), use=-1,
        )  # fmt: skip
        yield ProfilePart(
            _("Who sees what"), url_for("organisations.who_sees", slug=slug), place=45,
            says=_("The profile as visitors, members and coordinators see it"),
        )  # fmt: skip
        yield ProfilePart(
            _("Logo"), url_for("organisations.logo", slug=slug), place=20,
            says=_("The logo is there.") if organisation.logo_id else _("Without a logo the profile shows a woven pattern."),
        )  # fmt: skip
    if can(Permission.TRANSLATE, organisation):
        for language in LANGUAGES:
            if language != organisation.name.original:
                yield ProfilePart(
                    _("Translation: %(language)s", language=language_name(language)),
                    url_for("organisations.translate", slug=slug, language=language),
                    says=_translated(organisation, language), place=30,
                )  # fmt: skip
    if can(Permission.MANAGE_PEOPLE, organisation):
        yield ProfilePart(
            _("People on the profile"), url_for("organisations.listed", slug=slug), place=16,
            says=_("Board and contact persons, shown once they have agreed"),
        )  # fmt: skip
        yield ProfilePart(
            _("People"), url_for("organisations.people", slug=slug), place=40,
            says=_("Who writes and looks after the profile"),
        )  # fmt: skip


def _translated(organisation: Organisation, language: str) -> str:
    if language not in organisation.languages:
        return _("Nothing has been translated yet.")
    texts = (organisation.name, organisation.summary, organisation.description)
    if any(text.is_outdated(language) for text in texts):
        return _("The original has changed since.")
    return _("The translation is up to date.")

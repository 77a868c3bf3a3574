"""Making, writing and translating profiles."""

import re
from collections.abc import Iterator
from typing import Any, Unpack

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.ground import audit, clock
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal, Refusals, check_version
from portal.ground.memo import forget
from portal.organisations import queries
from portal.organisations.models import FormerSlug, Identifier, Organisation, OrganisationRole, Role
from portal.organisations.services.fields import Fields, check, numbers_of, sort_keys
from portal.organisations.services.listing import relist
from portal.organisations.themes import is_informal
from portal.words.i18n import Localized, _l
from portal.words.richtext import clean
from portal.words.slugs import again_when_taken, free_slug
from portal.words.text import slugify

_TEXTS = ("name", "summary", "description")
_PLAIN = (
    "legal_form",
    "town",
    "region",
    "founded_year",
    "website",
    "contact_email",
    "contact_phone",
    "contact_visibility",
)


@again_when_taken
def create(*, by: Person, language: str, country: str, **fields: Unpack[Fields]) -> Organisation:
    """Make a profile in one language; whoever makes it manages it. Raises Refusals with all that is to be corrected."""
    words = _checked(fields, country, None)
    with transaction() as session:
        organisation = Organisation(
            slug=_free_slug(fields["name"]),
            country=country,
            confirmed_at=clock.now(),
            **{text: Localized.of(language, words[text]) for text in _TEXTS},
            **_plain_values(fields),
        )
        _set_sort_keys(organisation)
        session.add(organisation)
        session.flush()
        _set_numbers(organisation, numbers_of(fields, country))
        session.add(
            OrganisationRole(organisation_id=organisation.id, person_id=by.id, role=Role.OWNER, granted_by=by.id)
        )
        forget()
        audit.record("organisation.created", organisation, actor=by)
    return organisation


@again_when_taken
def update(organisation: Organisation, *, by: Person, version: int, **fields: Unpack[Fields]) -> None:
    """Write the profile anew in its own language. Translations stay; those of changed texts become outdated.

    Raises Stale with the saved texts when somebody else saved since `version` was read.
    """
    words = _checked(fields, organisation.country, organisation.id)
    with transaction():
        current = locked(organisation)
        language = current.name.original
        check_version(current, version, _theirs(current))
        before = _values(current)
        for text in _TEXTS:
            setattr(current, text, getattr(current, text).with_text(language, words[text]))
        for name, value in _plain_values(fields).items():
            setattr(current, name, value)
        _set_sort_keys(current)
        _set_slug(current, fields["name"])
        _set_numbers(current, numbers_of(fields, current.country, owner_of=current.id))
        current.confirmed_at = clock.now()
        relist(current)
        after = _values(current)
        audit.record(
            "organisation.edited", current, detail={"changed": [n for n in after if after[n] != before[n]]}, actor=by
        )


def translate(
    organisation: Organisation, *, by: Person, language: str, version: int,
    name: str, summary: str, description: str, logo_alt: str = "", compared: bool = True,
) -> None:  # fmt: skip
    """Write the profile in another language than its own; an empty text removes that translation.

    A text that is left as it was stays outdated if it was, unless it was `compared` with the original. Raises Stale like
    `update`.
    """
    typed = {"name": name, "summary": summary, "description": clean(description, field="description")}
    with transaction():
        current = locked(organisation)
        check_version(current, version, {text: getattr(current, text).get(language) for text in _TEXTS})
        for text, words in typed.items():
            setattr(current, text, _translated(getattr(current, text), language, words, compared))
        if current.logo_alt:
            current.logo_alt = _translated(current.logo_alt, language, logo_alt, compared)
        _set_sort_keys(current)
        relist(current)
        audit.record("organisation.translated", current, detail={"language": language}, actor=by)


def locked(organisation: Organisation) -> Organisation:
    """The profile as it is now, kept from others until the end of the transaction."""
    return db.session.get_one(Organisation, organisation.id, with_for_update=True, populate_existing=True)


def _free_slug(name: str, *, of: int | None = None) -> str:
    """An address for a name that no profile has or had, but perhaps the organisation `of` itself."""
    mine = sa.select(FormerSlug.slug).where(FormerSlug.organisation_id == of)
    own = db.session.scalars(mine.union(sa.select(Organisation.slug).where(Organisation.id == of))).all()
    return free_slug(name, Organisation.slug, FormerSlug.slug, fallback="organisation", own=own)


def _checked(fields: Fields, country: str, owner_of: int | None) -> dict[str, str]:
    """The texts as they are stored. Raises Refusals with every fault at once, before anything is locked."""
    faults: list[Refusal] = []
    words = {"name": fields["name"], "summary": fields["summary"], "description": ""}
    for step in _steps(fields, country, owner_of, words):
        try:
            step()
        except Refusal as refusal:
            faults.extend(refusal.parts)
    if faults:
        raise Refusals(faults)
    return words


def _steps(fields: Fields, country: str, owner_of: int | None, words: dict[str, str]) -> Iterator[Any]:
    yield lambda: _check_name(fields["name"])
    yield lambda: check(fields, country)
    yield lambda: words.update(description=clean(fields["description"], field="description"))
    yield lambda: numbers_of(fields, country, owner_of=owner_of)


def _check_name(name: str) -> None:
    if not re.search(r"\w", name):
        raise Refusal(_l("Enter the name of the organisation or group."), field="name")


def _plain_values(fields: Fields) -> dict[str, Any]:
    """The columns that are the same in every language."""
    values: dict[str, Any] = {name: fields[name] for name in _PLAIN}  # type: ignore[literal-required]
    return {**values, "themes": tuple(dict.fromkeys(fields["themes"])), "informal": is_informal(fields["legal_form"])}


def _set_sort_keys(organisation: Organisation) -> None:
    for column, key in sort_keys(organisation.name).items():
        setattr(organisation, column, key)


def _set_slug(organisation: Organisation, name: str) -> None:
    """The address follows the name; one that the public knows leads on to the new one."""
    base = re.sub(r"-\d+$", "", organisation.slug)
    if base == re.sub(r"-\d+$", "", slugify(name, fallback="organisation")):
        return
    former, organisation.slug = organisation.slug, _free_slug(name, of=organisation.id)
    if organisation.published_at is not None:
        db.session.execute(sa.delete(FormerSlug).where(FormerSlug.slug == organisation.slug))
        db.session.add(FormerSlug(slug=former, organisation_id=organisation.id))


def _set_numbers(organisation: Organisation, numbers: dict[str, str]) -> None:
    if numbers == queries.identifiers_of(organisation):
        return
    db.session.execute(sa.delete(Identifier).where(Identifier.organisation_id == organisation.id))
    db.session.add_all(
        Identifier(organisation_id=organisation.id, scheme=scheme, value=value) for scheme, value in numbers.items()
    )
    db.session.flush()


def _translated(text: Localized, language: str, words: str, compared: bool) -> Localized:
    if words == text.get(language) and not compared:
        return text
    return text.with_translation(language, words)


def _values(organisation: Organisation) -> dict[str, Any]:
    names = (*_TEXTS, *_PLAIN, "themes", "slug")
    return {name: getattr(organisation, name) for name in names}


def _theirs(organisation: Organisation) -> dict[str, Any]:
    """What is saved now, by field of the form."""
    language = organisation.name.original
    texts = {text: getattr(organisation, text).get(language) for text in _TEXTS}
    return {**texts, **{name: getattr(organisation, name) for name in (*_PLAIN, "themes")}}

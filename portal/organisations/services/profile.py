"""Making, writing and translating profiles."""

import re
from collections.abc import Mapping

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.ground import audit, clock
from portal.ground.authz import demand
from portal.ground.db import db, transaction
from portal.ground.errors import check_version
from portal.ground.locks import locked
from portal.ground.memo import forget
from portal.ground.statements import table
from portal.organisations import queries
from portal.organisations.fields import PROFILE, TRANSLATED
from portal.organisations.models import FormerSlug, Identifier, Organisation, OrganisationRole, Role
from portal.organisations.policies import Permission
from portal.organisations.services.fields import check, numbers_of, profile_given, sort_keys
from portal.organisations.services.listing import reindex
from portal.organisations.themes import is_informal
from portal.words.slugs import again_when_taken, free_slug
from portal.words.text import slugify


@again_when_taken
def create(*, by: Person, language: str, country: str, **values: object) -> Organisation:
    """Make a profile of the fields of PROFILE and the numbers that it has, in one language; whoever makes it manages it.

    Raises Refusals with all that is to be corrected.
    """
    given, numbers = profile_given(values, new=True)
    check(given, numbers, country, None)
    informal = is_informal(given.text("legal_form"))
    with transaction() as session:
        demand(Permission.CREATE, by=by)
        organisation = Organisation(
            slug=_free_slug(given.text("name")), country=country, confirmed_at=clock.now(), informal=informal,
            **PROFILE.new(given, language),
        )  # fmt: skip
        _set_sort_keys(organisation)
        session.add(organisation)
        session.flush()
        _set_numbers(organisation, numbers_of(numbers, country, informal=informal))
        session.add(
            OrganisationRole(organisation_id=organisation.id, person_id=by.id, role=Role.OWNER, granted_by=by.id)
        )
        forget()
        audit.record("organisation.created", organisation, actor=by)
    return organisation


@again_when_taken
def update(organisation: Organisation, *, by: Person, version: int, **values: object) -> None:
    """Write the profile anew in its own language. Translations stay; those of changed texts become outdated.

    Raises Stale with the saved texts when somebody else saved since `version` was read.
    """
    given, numbers = profile_given(values)
    check(given, numbers, organisation.country, organisation.id)
    with transaction():
        current = locked(Organisation, organisation.id)
        demand(Permission.EDIT, current, by=by)
        language = current.name.original
        check_version(current, version, PROFILE.read(current, language) | queries.numbers_by_field(current))
        before = _columns(current)
        PROFILE.write(current, given, language)
        current.informal = is_informal(current.legal_form)
        _set_sort_keys(current)
        _set_slug(current, given.text("name"))
        _set_numbers(current, numbers_of(numbers, current.country, informal=current.informal, owner_of=current.id))
        current.confirmed_at = clock.now()
        reindex(current)
        after = _columns(current)
        audit.record(
            "organisation.edited", current, detail={"changed": [n for n in after if after[n] != before[n]]}, actor=by
        )


def confirm(organisation: Organisation, *, by: Person) -> None:
    """Say that everything in the profile is right today. Nothing else changes, so what others are writing is not stale."""
    with transaction() as session:
        current = locked(Organisation, organisation.id)
        demand(Permission.CONFIRM, current, by=by)
        rows = table(Organisation)
        same = {"updated_at": rows.c.updated_at, "row_version": rows.c.row_version}
        session.execute(sa.update(rows).where(rows.c.id == current.id).values(confirmed_at=clock.now(), **same))
        session.refresh(current)
        audit.record("organisation.confirmed", current, actor=by)


def translate(
    organisation: Organisation, *, by: Person, language: str, version: int, logo_alt: str = "", compared: bool = True,
    **texts: object,
) -> None:  # fmt: skip
    """Write the texts of PROFILE in another language than their own; an empty text removes that translation.

    A text that is left as it was stays outdated if it was, unless it was `compared` with the original. Raises Stale like
    `update`.
    """
    given = TRANSLATED.given({**texts, "logo_alt": logo_alt})
    with transaction():
        current = locked(Organisation, organisation.id)
        demand(Permission.TRANSLATE, current, by=by)
        check_version(current, version, TRANSLATED.read(current, language))
        TRANSLATED.translate(current, given, language, compared=compared)
        _set_sort_keys(current)
        reindex(current)
        audit.record("organisation.translated", current, detail={"language": language}, actor=by)


def _free_slug(name: str, *, of: int | None = None) -> str:
    """An address for a name that no profile has or had, but perhaps the organisation `of` itself."""
    mine = sa.select(FormerSlug.slug).where(FormerSlug.organisation_id == of)
    own = db.session.scalars(mine.union(sa.select(Organisation.slug).where(Organisation.id == of))).all()
    return free_slug(name, Organisation.slug, FormerSlug.slug, fallback="organisation", own=own)


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


def _set_numbers(organisation: Organisation, numbers: Mapping[str, str]) -> None:
    if numbers == queries.identifiers_of(organisation):
        return
    db.session.execute(sa.delete(Identifier).where(Identifier.organisation_id == organisation.id))
    db.session.add_all(
        Identifier(organisation_id=organisation.id, scheme=scheme, value=value) for scheme, value in numbers.items()
    )
    db.session.flush()


def _columns(organisation: Organisation) -> dict[str, object]:
    return {name: getattr(organisation, name) for name in (*PROFILE.columns, "slug")}

"""Making, writing and translating profiles."""

import re
from collections.abc import Mapping

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.ground import audit, clock
from portal.ground.authz import demand
from portal.ground.db import db, transaction
from portal.ground.errors import Stale, check_version
from portal.ground.facts import announce
from portal.ground.locks import locked
from portal.ground.memo import forget
from portal.organisations import queries
from portal.organisations.facts import LegalDetailsChanged
from portal.organisations.fields import ASKED, PROFILE, TRANSLATED
from portal.organisations.history import PROFILE_HISTORY
from portal.organisations.models import FormerSlug, Organisation, OrganisationRole, Role
from portal.organisations.policies import Permission
from portal.organisations.services.areas import keep_seat_in_region
from portal.organisations.services.confirming import confirmed_by_edit
from portal.organisations.services.fields import completed, disguised, given_of, normalised, sort_keys
from portal.organisations.services.listing import reindex
from portal.organisations.services.names import check_alike
from portal.organisations.services.said import say
from portal.organisations.themes import is_informal
from portal.revisions import services as revisions
from portal.words.slugs import again_when_taken, free_slug
from portal.words.text import slugify


@again_when_taken
def create(*, by: Person, language: str, country: str, is_another: bool = True, **values: object) -> Organisation:
    """Make a profile of some of its fields, in one language; whoever makes it manages it.

    Raises Refusals with all that is to be corrected, also a name that another organisation has, unless it `is_another`.
    """
    given = ASKED.given_new(values)
    normalised(given, country, {})
    if not is_another:
        check_alike(given.text("name"), language)
    with transaction() as session:
        demand(Permission.CREATE, by=by)
        whole = normalised(given, country, {})
        organisation = Organisation(
            slug=_free_slug(whole.text("name")), country=country, confirmed_at=clock.now(),
            informal=is_informal(whole.text("legal_form")), **PROFILE.new(whole, language),
        )  # fmt: skip
        _set_sort_keys(organisation)
        session.add(organisation)
        session.flush()
        say(organisation, whole)
        session.add(
            OrganisationRole(organisation_id=organisation.id, person_id=by.id, role=Role.OWNER, granted_by=by.id)
        )
        forget()
        revisions.begin(PROFILE_HISTORY, organisation, by=by)
        audit.record("organisation.created", organisation, actor=by)
    return organisation


@again_when_taken
def update(organisation: Organisation, *, by: Person, version: int, is_another: bool = True, **values: object) -> None:
    """Write some fields of the profile anew, or all, in its own language; the others stay as they are.

    Translations stay too; those of changed texts become outdated. `version` is that of the row, or the edition of these
    fields (`queries.edition`), for which nothing else that was saved in the profile counts. Raises Stale with what is
    saved in these fields when somebody else saved since it was read, and Refusal for a new name that another
    organisation has, unless it `is_another`.
    """
    given = given_of(values)
    stored = queries.stored(organisation)
    whole = normalised(completed(given, stored), organisation.country, stored, organisation.id)
    if not is_another and whole["name"] != stored["name"]:
        check_alike(whole.text("name"), organisation.name.original, besides=organisation.id)
    with transaction():
        current = locked(Organisation, organisation.id)
        demand(Permission.EDIT, current, by=by)
        before, legal = queries.stored(current), legal_of(current)
        _check_edition(current, version, {name: before[name] for name in given})
        whole = normalised(completed(given, before), current.country, before, current.id)
        former = current.slug
        with revisions.noting(PROFILE_HISTORY, current, by=by):
            PROFILE.write(current, whole, current.name.original)
            current.informal = is_informal(current.legal_form)
            _set_sort_keys(current)
            _set_slug(current, whole.text("name"))
            say(current, whole)
        confirmed_by_edit(current, editor=by)
        keep_seat_in_region(current)
        reindex(current)
        if legal_of(current) != legal:
            announce(LegalDetailsChanged(current.id, was_informal=is_informal(legal[1])))
        changed = [name for name, value in whole.items() if value != before[name]]
        changed += ["slug"] if current.slug != former else []
        audit.record("organisation.edited", current, detail={"changed": changed}, actor=by)


def _check_edition(current: Organisation, version: int, theirs: Mapping[str, object]) -> None:
    edition = queries.edition(theirs)
    if version not in (current.row_version, edition):
        raise Stale(theirs, version=edition)


def translate(
    organisation: Organisation, *, by: Person, language: str, version: int, logo_alt: str = "", compared: bool = True,
    **texts: object,
) -> None:  # fmt: skip
    """Write the texts of PROFILE in another language than their own; an empty text removes that translation.

    A text that is left as it was stays outdated if it was, unless it was `compared` with the original. Raises Stale and
    Refusals like `update`.
    """
    given = TRANSLATED.given({**texts, "logo_alt": logo_alt})
    with transaction():
        current = locked(Organisation, organisation.id)
        demand(Permission.TRANSLATE, current, by=by)
        stored = TRANSLATED.read(current, language)
        check_version(current, version, stored)
        given.check(*(disguised(given.text("name")) if given["name"] != stored["name"] else ()))
        with revisions.noting(PROFILE_HISTORY, current, by=by):
            TRANSLATED.translate(current, given, language, compared=compared)
        _set_sort_keys(current)
        confirmed_by_edit(current, editor=by)
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


def legal_of(organisation: Organisation) -> tuple[str, str, dict[str, str]]:
    """What a register says of an organisation: its name, its form, its numbers."""
    return organisation.name.source, organisation.legal_form, queries.identifiers_of(organisation)

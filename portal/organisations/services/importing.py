"""Profiles out of a list that somebody brought in: made for people who do not know of it yet, and taken back."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache

import sqlalchemy as sa

from portal.ground import audit, clock
from portal.ground.authz import Portal
from portal.ground.db import Base, db, transaction
from portal.ground.errors import Refusal
from portal.ground.locks import locked_if_there
from portal.ground.statements import table
from portal.organisations.fields import ASKED, PROFILE
from portal.organisations.identifiers import SCHEMES
from portal.organisations.models import Contact, FormerSlug, Organisation, OrganisationStatus, Visibility
from portal.organisations.services.fields import faults_of, normalised, sort_keys
from portal.organisations.services.listing import reindex, unlist
from portal.organisations.services.said import NOTHING, say
from portal.organisations.services.states import PROFILES
from portal.organisations.themes import is_informal
from portal.words.fields import Given
from portal.words.slugs import free_slug

# What belongs to a profile from the moment it is made. A row anywhere else that points at it is somebody's doing.
OWN_PARTS = frozenset({
    "organisation_identifier", "organisation_term", "organisation_link", "organisation_contact", "organisation_listing",
    "directory_terms",
})  # fmt: skip


def ready(values: Mapping[str, object], country: str) -> tuple[Given, list[Refusal]]:
    """The values of a profile of a country, and every reason why there cannot be one. Nothing is asked of the database."""
    given = ASKED.given_new(values)
    faults = [*given.faults, *faults_of(given, country, {})]
    said = {fault.field for fault in faults}
    for field in PROFILE:
        if field.needed is not None and field.name not in said and given[field.name] == field.kind.nothing:
            faults.append(Refusal(field.needed, field=field.name))
    return given, faults


def make_imported(
    given: Given, numbers: Mapping[str, str], *, contacts: Sequence[tuple[str, str]] = (), language: str, country: str,
    source: str, is_public: bool, by: Portal,
) -> Organisation:  # fmt: skip
    """A profile without people, inside a transaction: a draft, or public with the sentence where it came from.

    Nobody has confirmed it. `given` is what `ready` found no fault in, `numbers` are by scheme, in their normal form.
    `contacts` are (kind, value): nobody sees them until its own people choose, since none of them has agreed.
    Raises Refusals, before anything is written, when another profile has one of the numbers by now.
    """
    fields = {scheme: field for field, scheme in SCHEMES.items()}
    whole = normalised(given.replaced({fields[scheme]: value for scheme, value in numbers.items()}), country, {})
    status = OrganisationStatus.PUBLISHED if is_public else OrganisationStatus.DRAFT
    organisation = Organisation(
        slug=free_slug(whole.text("name"), Organisation.slug, FormerSlug.slug, fallback="organisation"),
        country=country, informal=is_informal(whole.text("legal_form")),
        status=PROFILES.born(status), published_at=clock.now() if is_public else None, imported_from=source,
        **PROFILE.new(whole, language),
    )  # fmt: skip
    for column, key in sort_keys(organisation.name).items():
        setattr(organisation, column, key)
    db.session.add(organisation)
    db.session.flush()
    say(organisation, whole, NOTHING)
    db.session.add_all(
        Contact(organisation_id=organisation.id, kind=kind, value=value, visibility=Visibility.PRIVATE, position=place)
        for place, (kind, value) in enumerate(contacts, start=1)
    )
    if is_public:
        reindex(organisation)
    audit.record("organisation.imported", organisation, actor=by)
    return organisation


def take_back(number: int, version: int, *, besides: Collection[str], by: Portal) -> bool:
    """Delete an imported profile that is as it was made and that nothing points at; False when somebody has touched it.

    `besides` are tables whose rows may point at it.
    """
    with transaction() as session:
        organisation = locked_if_there(Organisation, number)
        if organisation is None:
            return True
        if organisation.row_version != version or not organisation.imported_from:
            return False
        if session.scalar(_points(frozenset(besides)), {"number": number}):
            return False
        audit.record("organisation.taken_back", organisation, actor=by)
        unlist(organisation)
        session.delete(organisation)
        session.flush()
        return True


@cache
def _points(besides: frozenset[str]) -> sa.Select[bool]:
    """Does a row of any table point at an organisation, but for its own parts? Tables to come are asked, too."""
    target = table(Organisation).c.id
    columns = [
        key.parent
        for one in Base.metadata.tables.values()
        if one.name not in OWN_PARTS | besides
        for key in one.foreign_keys
        if key.column is target
    ]
    there = [sa.exists().where(column == sa.bindparam("number", type_=sa.Integer)) for column in columns]
    return sa.select(sa.or_(sa.false(), *there))

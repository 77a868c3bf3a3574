"""One profile takes in another: what is chosen of both, and all that is the other's. Part of a use-case of a feature above.

Nothing is deleted: what cannot be two things at once is ended or retired, and stays.
"""

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.ground import clock, links
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.ground.facts import announce
from portal.ground.memo import forget
from portal.ground.states import change_state
from portal.organisations.combining import combined
from portal.organisations.facts import LegalDetailsChanged
from portal.organisations.fields import ASKED, PROFILE
from portal.organisations.history import PROFILE_HISTORY
from portal.organisations.identifiers import SCHEMES
from portal.organisations.mails import INVITATION
from portal.organisations.models import (
    AreaUse,
    Contact,
    FormerSlug,
    Identifier,
    Invitation,
    ListedPerson,
    NameKind,
    Organisation,
    OrganisationArea,
    OrganisationRole,
    OrganisationStatus,
    OtherName,
)
from portal.organisations.queries import by_field, said_by, stored
from portal.organisations.services.areas import keep_seat_in_region
from portal.organisations.services.fields import normalised, sort_keys
from portal.organisations.services.listing import reindex
from portal.organisations.services.profile import legal_of
from portal.organisations.services.said import say
from portal.organisations.services.states import PROFILES
from portal.organisations.themes import is_informal
from portal.revisions import services as revisions
from portal.words.fields import Given
from portal.words.text import fold


def absorb(kept: Organisation, lost: Organisation, *, taken: Collection[str], by: Person) -> None:
    """Make two profiles one (inside a transaction that holds both): `taken` names what comes from `lost` (`combining`).

    Raises Refusals where what was chosen does not go together.
    """
    for one in (kept, lost):
        revisions.ensure(PROFILE_HISTORY, one)
    legal, was_informal = legal_of(kept), kept.informal
    with revisions.noting(PROFILE_HISTORY, kept, by=by), revisions.noting(PROFILE_HISTORY, lost, by=by):
        values, beside = combined(kept, lost, taken), _beside(kept, lost, taken)
        change_state(PROFILES, lost, OrganisationStatus.MERGED, by=PORTAL)
        _numbers(kept, lost, taken)
        for column, value in values.items():
            setattr(kept, column, value)
        say(kept, _checked(kept, beside))
        if "logo" in taken:
            kept.logo_id, lost.logo_id = lost.logo_id, kept.logo_id
            kept.logo_alt, lost.logo_alt = lost.logo_alt, kept.logo_alt
        kept.informal = is_informal(kept.legal_form)
        for column, key in sort_keys(kept.name).items():
            setattr(kept, column, key)
    _lead_on(kept, lost)
    _people(kept, lost, by)
    _names(kept, lost)
    _areas(kept, lost)
    _contacts(kept, lost)
    _listed(kept, lost)
    reindex(kept)
    forget()
    if legal_of(kept) != legal:
        announce(LegalDetailsChanged(kept.id, was_informal=was_informal))


def _beside(kept: Organisation, lost: Organisation, taken: Collection[str]) -> dict[str, object]:
    """What is chosen of numbers, lists and links, which are rows beside the profile."""
    mine, theirs = (by_field(said_by(one)) for one in (kept, lost))
    return {name: theirs[name] if name in taken else value for name, value in mine.items()}


def _checked(kept: Organisation, beside: Mapping[str, object]) -> Given:
    """What every edit is asked: each value was right where it stood, and perhaps not beside the others."""
    whole = ASKED.given({**PROFILE.read(kept, kept.name.original), **beside})
    return normalised(whole, kept.country, stored(kept), kept.id)


def _numbers(kept: Organisation, lost: Organisation, taken: Collection[str]) -> None:
    """A number that is chosen goes over, and the one that it takes the place of is retired where it stands."""
    chosen = [SCHEMES[field] for field in SCHEMES if field in taken]
    rows = sa.update(Identifier).where(sa.not_(Identifier.retired))
    theirs = Identifier.scheme.in_(chosen)
    db.session.execute(rows.where(Identifier.organisation_id == kept.id, theirs).values(retired=True))
    db.session.execute(rows.where(Identifier.organisation_id == lost.id, ~theirs).values(retired=True))
    db.session.execute(rows.where(Identifier.organisation_id == lost.id, theirs).values(organisation_id=kept.id))


def _lead_on(kept: Organisation, lost: Organisation) -> None:
    """Every address of the lost one, and of those that were merged into it, leads to the kept one in one step."""
    lost.merged_into_id = kept.id
    same = {"updated_at": Organisation.updated_at}
    before = sa.update(Organisation).where(Organisation.merged_into_id == lost.id)
    db.session.execute(before.values(merged_into_id=kept.id, **same), execution_options={"synchronize_session": False})
    slugs = sa.update(FormerSlug).where(FormerSlug.organisation_id == lost.id)
    db.session.execute(slugs.values(organisation_id=kept.id))
    db.session.flush()


def _names(kept: Organisation, lost: Organisation) -> None:
    """The kept one is found by every name of the lost one. More of them than one may add are no harm."""
    names = db.session.scalars(sa.select(OtherName).where(OtherName.organisation_id.in_((kept.id, lost.id)))).all()
    known = {fold(text) for text in kept.name.texts.values()}
    known |= {fold(name.text) for name in names if name.organisation_id == kept.id}
    for name in names:
        if name.organisation_id == lost.id and fold(name.text) not in known:
            known.add(fold(name.text))
            name.organisation_id = kept.id
    for language, text in lost.name.texts.items():
        if text and fold(text) not in known:
            known.add(fold(text))
            db.session.add(OtherName(organisation_id=kept.id, kind=NameKind.ALIAS, text=text, language=language))
    db.session.flush()


def _contacts(kept: Organisation, lost: Organisation) -> None:
    """Every way to reach the lost one, with who sees it, behind those of the kept one. More than one may add are no harm."""
    rows = db.session.scalars(
        sa.select(Contact)
        .where(Contact.organisation_id.in_((kept.id, lost.id)))
        .order_by(Contact.organisation_id != kept.id, Contact.position, Contact.id)
    ).all()
    known = {(one.kind, one.value) for one in rows if one.organisation_id == kept.id}
    for place, one in enumerate(rows, start=1):
        if one.organisation_id == lost.id and (one.kind, one.value) not in known:
            one.organisation_id, one.position = kept.id, place
    db.session.flush()


def _listed(kept: Organisation, lost: Organisation) -> None:
    """Whoever has agreed to stand on the lost profile stands on the kept one: it is the same organisation."""
    row = ListedPerson
    there = sa.select(row.email).where(row.organisation_id == kept.id)
    moved = sa.update(row).where(row.organisation_id == lost.id, row.email.not_in(there))
    db.session.execute(moved.values(organisation_id=kept.id))


def _areas(kept: Organisation, lost: Organisation) -> None:
    """Where either of them works, the one of both does. The seat is that of the kept one."""
    row = OrganisationArea
    there = sa.select(row.area_id).where(row.organisation_id == kept.id, row.kind == AreaUse.WORKS_IN)
    moved = sa.update(row).where(row.organisation_id == lost.id, row.kind == AreaUse.WORKS_IN)
    db.session.execute(moved.where(row.area_id.not_in(there)).values(organisation_id=kept.id))
    keep_seat_in_region(kept)


def _people(kept: Organisation, lost: Organisation, by: Person) -> None:
    """Roles and invitations go over with all that they were; where there are two of the same, one ends."""
    roles = db.session.scalars(
        sa.select(OrganisationRole)
        .where(OrganisationRole.organisation_id.in_((kept.id, lost.id)))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    held = {(role.person_id, role.role) for role in roles if role.is_open and role.organisation_id == kept.id}
    for role in roles:
        if role.organisation_id == lost.id:
            if role.is_open and (role.person_id, role.role) in held:
                role.end(by=by)
            db.session.flush()
            role.organisation_id = kept.id
    invitations = db.session.scalars(
        sa.select(Invitation)
        .where(Invitation.organisation_id.in_((kept.id, lost.id)))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    asked = {(one.email, one.role) for one in invitations if _is_open(one) and one.organisation_id == kept.id}
    for invitation in invitations:
        if invitation.organisation_id == lost.id:
            if _is_open(invitation) and (invitation.email, invitation.role) in asked:
                invitation.revoked_at = clock.now()
                links.revoke(INVITATION, f"invitation:{invitation.id}")
            invitation.organisation_id = kept.id
    db.session.flush()


def _is_open(invitation: Invitation) -> bool:
    return invitation.accepted_at is None and invitation.revoked_at is None

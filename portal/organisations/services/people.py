"""Who does what for an organisation: invited by mail, granted, ended, never edited."""

import sqlalchemy as sa

from portal import mail
from portal.accounts.models import Person
from portal.ground import audit, clock, links
from portal.ground.authz import Portal, demand
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.locks import locked
from portal.ground.memo import forget
from portal.organisations import mails, queries
from portal.organisations.models import Invitation, Organisation, OrganisationRole, Role
from portal.organisations.policies import Permission
from portal.words.i18n import _l

INVITATION = mails.INVITATION  # the purpose of the links


def invite(organisation: Organisation, *, by: Person, email: str, role: Role, language: str) -> Invitation:
    """Ask somebody by mail, in `language` unless the portal knows theirs.

    Whoever holds the link accepts it with their account, whatever its address: people have several, and the link proves
    that the mail was read. An earlier open invitation of the same address is withdrawn.
    """
    address = email.strip().casefold()
    with transaction() as session:
        current = locked(Organisation, organisation.id)
        demand(Permission.MANAGE_PEOPLE, current, by=by)
        if any(p.email == address and r.role == role for r, p in queries.people_of(current)):
            raise Refusal(_l("This person has this role already."), field="email")
        for earlier in queries.open_invitations(current):
            if earlier.email == address:
                _revoke(earlier)
        invitation = Invitation(organisation_id=current.id, email=address, role=role, invited_by=by.id)
        session.add(invitation)
        session.flush()
        known = session.scalar(sa.select(Person).where(Person.email == address))
        mail.queue(mails.invitation(invitation, current, by, known, language))
        audit.record("organisation.invited", current, detail={"email": address, "role": role}, actor=by)
    return invitation


def revoke_invitation(invitation: Invitation, *, by: Person | Portal) -> None:
    """Withdraw an invitation; its link is dead from now on. Raises Conflict when it was accepted in the meantime."""
    with transaction():
        current = _open(invitation)
        demand(Permission.REVOKE_INVITATION, current, by=by)
        _revoke(current)
        audit.record("organisation.invitation_revoked", current, detail={"email": current.email}, actor=by)


def accept_invitation(invitation: Invitation, *, by: Person) -> None:
    """Take the role that was offered. Raises Conflict when the invitation is no longer open."""
    with transaction():
        current = _open(invitation)
        current.accepted_at = clock.now()
        links.revoke(INVITATION, f"invitation:{current.id}")
        _grant(current.organisation_id, by, Role(current.role), granted_by=current.invited_by)
        audit.record("organisation.invitation_accepted", current, detail={"role": current.role}, actor=by)


def grant_role(organisation: Organisation, *, to: Person, role: Role, by: Person | Portal) -> None:
    """Give a role without an invitation (the console, the demo). Nothing happens when the person has it."""
    with transaction():
        current = locked(Organisation, organisation.id)
        demand(Permission.MANAGE_PEOPLE, current, by=by)
        _grant(current.id, to, role, granted_by=by.id)
        audit.record("organisation.role_granted", current, detail={"person": to.id, "role": role}, actor=by)


def end_role(role: OrganisationRole, *, by: Person) -> None:
    """End a role of somebody else or one's own. Raises Conflict for the last person who manages the profile."""
    with transaction():
        organisation = locked(Organisation, role.organisation_id)
        current = locked(OrganisationRole, role.id)
        demand(Permission.END_ROLE, current, by=by)
        if not current.is_open:
            raise Conflict(_l("This role has already ended."))
        if current.role == Role.OWNER and len(queries.owners_of(organisation)) == 1:
            raise Conflict(_l("Nobody else manages this profile. Invite a second person to manage it first."))
        current.end(by=by)
        forget()
        detail = {"person": current.person_id, "role": current.role}
        audit.record("organisation.role_ended", organisation, detail=detail, actor=by)


def _grant(organisation_id: int, person: Person, role: Role, *, granted_by: int | None) -> None:
    has = sa.select(OrganisationRole.id).where(
        OrganisationRole.organisation_id == organisation_id, OrganisationRole.person_id == person.id,
        OrganisationRole.role == role, OrganisationRole.is_open,
    )  # fmt: skip
    if db.session.scalar(has) is None:
        db.session.add(
            OrganisationRole(organisation_id=organisation_id, person_id=person.id, role=role, granted_by=granted_by)
        )
    db.session.flush()
    forget()


def _open(invitation: Invitation) -> Invitation:
    current = locked(Invitation, invitation.id)
    if current.accepted_at is not None or current.revoked_at is not None:
        raise Conflict(_l("This invitation is no longer open."))
    return current


def _revoke(invitation: Invitation) -> None:
    invitation.revoked_at = clock.now()
    links.revoke(INVITATION, f"invitation:{invitation.id}")

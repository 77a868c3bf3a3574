"""Who does what for an organisation: invited by mail, granted, ended, never edited."""

import datetime as dt

import sqlalchemy as sa

from portal import mail
from portal.accounts.facts import AddressChanged
from portal.accounts.models import Person
from portal.accounts.queries import person_by_email
from portal.ground import audit, clock, links
from portal.ground.authz import Portal, demand
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal, TooMany
from portal.ground.locks import locked
from portal.ground.mailboxes import mailbox_key
from portal.ground.memo import forget
from portal.ground.statements import table
from portal.organisations import mails, queries
from portal.organisations.models import Invitation, Organisation, OrganisationRole, Role
from portal.organisations.policies import Permission
from portal.words.i18n import _l, _ln

INVITATION = mails.INVITATION  # the purpose of the links
INVITATIONS_KEPT = queries.INVITATIONS_KEPT
DAY = dt.timedelta(days=1)
MANY = 50  # in a day, from everybody of whose profiles one was published
LAST = _l(
    "Nobody else manages this profile. Invite a second person to manage it first, or give the profile to the "
    "coordinators on the page “Trust in the profile”."
)
ONLY_FEW = _ln(
    "Until one of your profiles is published, you can invite %(n)s person in thirty days.",
    "Until one of your profiles is published, you can invite %(n)s people in thirty days.",
    queries.FEW,
)


def invite(organisation: Organisation, *, by: Person, email: str, role: Role, language: str) -> Invitation:
    """Ask somebody by mail, in `language` unless the portal knows theirs. Refused when the person has asked too many.

    Whoever holds the link accepts it with their account, whatever its address: people have several, and the link proves
    that the mail was read. An earlier open invitation of the same address is withdrawn.
    """
    key = mailbox_key(email)
    with transaction():
        current = locked(Organisation, organisation.id)
        demand(Permission.MANAGE_PEOPLE, current, by=by)
        _check_number(locked(Person, by.id))
        if any(p.email == key and r.role == role for r, p in queries.people_of(current)):
            raise Refusal(_l("This person has this role already."), field="email")
        for earlier in queries.open_invitations(current):
            if earlier.email == key:
                _revoke(earlier)
        invitation = _ask(current, by, email, role, language)
        audit.record("organisation.invited", current, detail={"invitation": invitation.id, "role": role}, actor=by)
    return invitation


def _check_number(person: Person) -> None:
    """Counted by account, and the person is locked: whoever makes many profiles gains nothing by it."""
    left = queries.invitations_left(person.id)
    if left == 0:
        raise Refusal(ONLY_FEW, field="email")
    if left is None and queries.invitations_sent(person.id, clock.now() - DAY) >= MANY:
        raise TooMany(minutes=12 * 60)


def follow_address(fact: AddressChanged) -> None:
    """Invitations to the old address are asked again at the new one, where the person is not asked the same already.

    Inside a transaction.
    """
    for invitation, organisation, inviter in queries.open_invitations_to(fact.old):
        _revoke(invitation)
        mail.withdraw([mails.invitation_key(invitation)])
        asked = {(one.email, one.role) for one in queries.open_invitations(organisation)}
        if (mailbox_key(fact.new), invitation.role) not in asked:
            _ask(organisation, inviter, fact.new, Role(invitation.role), organisation.name.original)


def _ask(organisation: Organisation, by: Person, address: str, role: Role, language: str) -> Invitation:
    invitation = Invitation(organisation_id=organisation.id, address=address, role=role, invited_by=by.id)
    db.session.add(invitation)
    db.session.flush()
    mail.queue(mails.invitation(invitation, organisation, by, person_by_email(address), language))
    return invitation


def revoke_invitation(invitation: Invitation, *, by: Person | Portal) -> None:
    """Withdraw an invitation; its link is dead from now on. Raises Conflict when it was accepted in the meantime."""
    with transaction():
        current = _open(invitation)
        demand(Permission.REVOKE_INVITATION, current, by=by)
        _revoke(current)
        audit.record("organisation.invitation_revoked", current, detail={"role": current.role}, actor=by)


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
            raise Conflict(LAST)
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
    if role == Role.OWNER:  # from now on its own people answer for it
        imported = sa.update(Organisation).where(Organisation.id == organisation_id, Organisation.imported_from != "")
        db.session.execute(imported.values(imported_from=""))
    db.session.flush()
    if role == Role.OWNER:
        _looked_after(organisation_id)
    forget()


def _looked_after(organisation_id: int) -> None:
    """Somebody manages the profile now. Nobody edited it: its version stays."""
    rows = table(Organisation)
    same = {"updated_at": rows.c.updated_at, "row_version": rows.c.row_version}
    released = sa.and_(rows.c.id == organisation_id, rows.c.released_at.is_not(None))
    db.session.execute(sa.update(rows).where(released).values(released_at=None, **same))


def _open(invitation: Invitation) -> Invitation:
    current = locked(Invitation, invitation.id)
    if current.accepted_at is not None or current.revoked_at is not None:
        raise Conflict(_l("This invitation is no longer open."))
    return current


def _revoke(invitation: Invitation) -> None:
    invitation.revoked_at = clock.now()
    links.revoke(INVITATION, f"invitation:{invitation.id}")

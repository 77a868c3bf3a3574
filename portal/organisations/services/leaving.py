"""When somebody leaves the portal, and when an invitation has had its time."""

import sqlalchemy as sa

from portal import mail
from portal.accounts.models import Person
from portal.face import media
from portal.ground import audit, clock
from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.ground.locks import locked
from portal.ground.statements import changed_rows
from portal.organisations import mails, queries
from portal.organisations.history import PROFILE_HISTORY
from portal.organisations.models import Invitation, Organisation
from portal.organisations.services.people import INVITATIONS_KEPT, end_role, revoke_invitation
from portal.revisions import services as revisions


def leave_all(person: Person) -> None:
    """End the roles of a person (inside a transaction): drafts of theirs alone are deleted, open invitations withdrawn.

    Raises Conflict where nobody else would manage a profile. Of invitations that were mailed no words stay.
    """
    mail.withdraw([mails.invitation_key(sent) for sent in queries.invitations_by(person.id, open_only=False)])
    for draft in queries.drafts_of_nobody_else(person.id):
        _delete(draft, person)
    for invitation in queries.invitations_by(person.id):
        revoke_invitation(invitation, by=PORTAL)
    for role in queries.open_roles_of(person.id):
        end_role(role, by=person)


def _delete(draft: Organisation, by: Person) -> None:
    """A profile that was never public goes with all that belongs to it."""
    with transaction() as session:
        current = locked(Organisation, draft.id)
        audit.record("organisation.deleted", current, actor=by)
        file = session.get(media.File, current.logo_id) if current.logo_id else None
        for one in (*queries.merged_into(current), current):  # what became part of it goes along
            revisions.remove(PROFILE_HISTORY, one.id)
            if one is not current:
                session.delete(one)
        session.flush()
        session.delete(current)
        session.flush()
        if file is not None:
            media.remove(file)


def remove_old_invitations() -> int:
    """Delete invitations after their time, whatever became of them; returns how many."""
    old = Invitation.invited_at < clock.now() - INVITATIONS_KEPT
    with transaction() as session:
        return changed_rows(session, sa.delete(Invitation).where(old))

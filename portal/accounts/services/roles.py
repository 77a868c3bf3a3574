"""The portal team: roles are granted and ended, never edited."""

from portal.accounts import queries
from portal.accounts.models import Person, PortalRole, PortalRoleName
from portal.accounts.policies import Permission
from portal.ground import audit
from portal.ground.authz import Portal, demand
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.memo import forget
from portal.words.i18n import _l


def grant_administrator(*, address: str, by: Person | Portal) -> Person:
    """Take a person with an account into the portal team. Somebody who is in it stays in it."""
    with transaction() as session:
        demand(Permission.MANAGE_TEAM, by=by)
        account = queries.account_by_email(address)
        if account is None:
            raise Refusal(_l("There is no account with this address."), field="email")
        person = account.person
        session.get_one(Person, person.id, with_for_update=True)
        if queries.open_role(person.id, PortalRoleName.ADMINISTRATOR) is None:
            role = PortalRole(person_id=person.id, role=PortalRoleName.ADMINISTRATOR, granted_by=by.id)
            session.add(role)
            session.flush()
            audit.record("role.granted", role, detail={"person": person.id, "role": role.role}, actor=by)
        forget()
        return person


def end_administrator(person_id: int, *, by: Person | Portal) -> None:
    """Let somebody leave the portal team. The last one stays: somebody has to look after the portal."""
    with transaction() as session:
        team = queries.administrator_roles(for_update=True)
        demand(Permission.MANAGE_TEAM, by=by)
        role = next((role for role in team if role.person_id == person_id), None)
        if role is None:
            return
        if len(team) == 1:
            raise Conflict(_l("This is the last person of the portal team. Add another one first."))
        role.end(by=by)
        session.flush()
        audit.record("role.ended", role, detail={"person": person_id, "role": role.role}, actor=by)
        forget()

"""The portal team names organisations that give micro-grants. What it has named is ended, never edited."""

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.grants import queries
from portal.grants.models import Operator
from portal.grants.policies import Permission
from portal.ground import audit, clock
from portal.ground.authz import PORTAL, Portal, demand
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict
from portal.ground.locks import locked
from portal.organisations.models import Organisation
from portal.words.i18n import _l

ENDED = _l("This organisation is no operator any more.")


def name_operator(organisation: Organisation, *, by: Person | Portal) -> Operator:
    """Let a published organisation open calls for micro-grants from now on. Raises Conflict when it may already."""
    with transaction() as session:
        current = locked(Organisation, organisation.id)
        demand(Permission.NAME_OPERATOR, current, by=by)
        if queries.is_operator(current.id):
            raise Conflict(_l("This organisation is an operator of micro-grants already."))
        made = Operator(organisation_id=current.id, granted_by=by.id)
        session.add(made)
        session.flush()
        audit.record("operator.named", current, actor=by)
    return made


def end_operator(operator: Operator, *, by: Person | Portal) -> None:
    """From now on it opens no calls. Raises Conflict when that was so already."""
    with transaction():
        organisation = locked(Organisation, operator.organisation_id)
        current = locked(Operator, operator.id)
        if not current.is_open:
            raise Conflict(ENDED)
        demand(Permission.END_OPERATOR, current, by=by)
        _end(current, organisation, by)


def follow_closing(organisation_id: int) -> None:
    """An organisation that has ended gives no grants (inside the transaction that closes it)."""
    found = queries.open_operator(organisation_id)
    if found is not None:
        _end(locked(Operator, found.id), locked(Organisation, organisation_id), PORTAL)


def hand_over_operator(lost_id: int, kept_id: int) -> None:
    """The kept one is an operator if either was (inside the transaction that holds both); of two open rows the older stays."""
    rows = [row for row in map(queries.open_operator, (lost_id, kept_id)) if row is not None]
    for row in sorted(rows, key=lambda one: one.granted_at)[1:]:
        _end(locked(Operator, row.id), locked(Organisation, row.organisation_id), PORTAL)
    db.session.flush()
    theirs = sa.update(Operator).where(Operator.organisation_id == lost_id)
    db.session.execute(theirs.values(organisation_id=kept_id), execution_options={"synchronize_session": False})
    db.session.expire_all()


def _end(row: Operator, organisation: Organisation, by: Person | Portal) -> None:
    row.ended_at, row.ended_by = clock.now(), by.id
    db.session.flush()
    audit.record("operator.ended", organisation, actor=by)

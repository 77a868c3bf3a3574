"""That a profile is right today: said by its people, or shown by an edit of theirs; and what follows from a long silence."""

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.ground import audit, clock
from portal.ground.authz import PORTAL, demand
from portal.ground.db import transaction
from portal.ground.locks import locked
from portal.ground.statements import table
from portal.organisations import policies
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.policies import Permission
from portal.organisations.services.facets import follow_all
from portal.organisations.services.listing import reindex


def confirm(organisation: Organisation, *, by: Person) -> None:
    """Say that everything in the profile is right today. Nothing else changes, so what others are writing is not stale."""
    with transaction():
        current = locked(Organisation, organisation.id)
        demand(Permission.CONFIRM, current, by=by)
        _write(current, confirmed_at=clock.now(), dormant_since=None)
        audit.record("organisation.confirmed", current, actor=by)


def confirmed_by_edit(organisation: Organisation, *, editor: Person) -> None:
    """An edit by somebody who could correct everything says that the rest is right (under lock; the caller reindexes).

    Whoever may only translate has not looked at the details.
    """
    if policies.may_edit(editor, organisation):
        organisation.confirmed_at, organisation.dormant_since = clock.now(), None


def let_sleep(organisation: Organisation) -> None:
    """Take a published profile out of the list, until its people confirm it (inside a transaction, under lock)."""
    if organisation.status == OrganisationStatus.PUBLISHED and organisation.dormant_since is None:
        _write(organisation, dormant_since=clock.now())
        audit.record("organisation.dormant", organisation, actor=PORTAL)


def _write(organisation: Organisation, **values: object) -> None:
    """Columns that nobody edits: neither the version nor the day of the last edit changes."""
    with transaction() as session:
        rows, was_listed = table(Organisation), organisation.dormant_since is None
        same = {"updated_at": rows.c.updated_at, "row_version": rows.c.row_version}
        session.execute(sa.update(rows).where(rows.c.id == organisation.id).values(**values, **same))
        session.refresh(organisation)
        if was_listed != (organisation.dormant_since is None):
            reindex(organisation)
        else:
            follow_all({organisation.id: organisation})

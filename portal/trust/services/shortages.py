"""What a public group lacks: its people have sixty days and are reminded, then its coordinators get a task.

Nothing is ever unpublished by itself.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from portal.ground import audit, clock
from portal.ground.authz import PORTAL
from portal.ground.batches import each
from portal.ground.db import db, transaction
from portal.ground.locks import locked, locked_if_there
from portal.organisations.models import Organisation, OrganisationStatus
from portal.trust import mails, queries
from portal.trust.models import Lack, Shortage
from portal.trust.services.telling import tell

LAST = queries.TIME.days
# The days after which something is said; the last is told to those who oversee the group.
STEPS: Mapping[Lack, Sequence[int]] = {Lack.SUPPORT: (0, 30, 53, LAST), Lack.SECOND_OWNER: (30, 53, LAST)}


def watch() -> int:
    """Look at every group that lacks something or did; returns how many steps were taken. Each is a use-case of its own."""
    return each("shortages of groups", queries.to_look_at(), _look)


def _look(number: int) -> int:
    with transaction():
        group = locked_if_there(Organisation, number)
        if group is None:
            return 0
        notice = frozenset(Lack) if group.status == OrganisationStatus.PUBLISHED else frozenset()
        return look_at(group, notice=notice)


def look_at(group: Organisation, *, notice: frozenset[Lack] = frozenset()) -> int:
    """Note what a group lacks from now on (of what is to be noticed) and what it lacks no more, and take the step that is
    due: one, also when several days were missed. Inside a transaction that holds the group."""
    db.session.flush()
    lacking, known, taken = queries.lacks(group), queries.shortages_of(group.id), 0
    for lack in Lack:
        there = known.get(lack)
        if there is not None and lack not in lacking:
            locked(Shortage, there.id).ended_at = clock.now()
        elif there is not None:
            taken += _step(locked(Shortage, there.id), group)
        elif lack in lacking & notice:
            made = Shortage(organisation_id=group.id, lack=lack, since=clock.now())
            db.session.add(made)
            db.session.flush()
            taken += _step(made, group)
    return taken


def _step(shortage: Shortage, group: Organisation) -> int:
    passed = (clock.now() - shortage.since) // dt.timedelta(days=1)
    due = [days for days in STEPS[Lack(shortage.lack)] if shortage.told < days <= passed]
    if not due:
        return 0
    shortage.told = due[-1]
    is_over = shortage.told == LAST
    if is_over:
        tell(queries.deciders(group.id), lambda person: mails.shortage_over(shortage, group, person))
    else:
        tell(queries.owners(group.id), lambda person: mails.shortage(shortage, group, person))
    audit.record("trust.shortage_told", group, detail={"lack": shortage.lack, "days": shortage.told}, actor=PORTAL)
    return 1

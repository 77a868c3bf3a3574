"""Facts that somebody checked by hand, each for twelve months, and a profile that its last owner gives away."""

import datetime as dt

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.ground import audit, clock
from portal.ground.authz import demand
from portal.ground.batches import each
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal
from portal.ground.locks import locked
from portal.organisations import services as organisations
from portal.organisations.models import Organisation
from portal.trust import mails, queries
from portal.trust.models import OF_THE_LAW, CheckKind, Verification
from portal.trust.policies import Permission
from portal.trust.services.telling import tell
from portal.words.i18n import _l

VALID = dt.timedelta(days=365)


def check(organisation: Organisation, *, kind: CheckKind, by: Person) -> Verification:
    """Note that one thing was checked today. A network that the person coordinates is named, else the portal team.

    Raises Refusal for a number that the profile does not have.
    """
    with transaction() as session:
        current = locked(Organisation, organisation.id)
        demand(Permission.CHECK, current, by=by)
        network = queries.coordinated_with(by, current.id)
        if kind not in queries.kinds_for(current, by_network=network is not None):
            raise Refusal(
                _l("Choose what was checked. A number can be checked once the profile has one."), field="kind"
            )
        earlier = queries.latest_check(current.id, kind)
        if earlier is not None:
            locked(Verification, earlier.id).replaced_at = clock.now()
            session.flush()
        made = Verification(
            organisation_id=current.id, kind=kind, network_id=network.id if network else None, checked_by=by.id,
            at=clock.now(), valid_until=clock.now() + VALID,
        )  # fmt: skip
        session.add(made)
        session.flush()
        audit.record("trust.checked", current, detail={"kind": kind}, actor=by)
    return made


def drop_checks(organisation_id: int) -> None:
    """Name, form or number are others now: what was checked about them is of the past (inside a transaction)."""
    db.session.execute(
        sa.update(Verification)
        .where(Verification.organisation_id == organisation_id, Verification.kind.in_(OF_THE_LAW))
        .where(Verification.replaced_at.is_(None), Verification.dropped_at.is_(None))
        .values(dropped_at=clock.now())
    )


def remind_of_checks() -> int:
    """Remind whoever checked, or whoever oversees the profile today, a month before; returns how many. Each once."""
    return each("checks", queries.checks_to_renew(clock.now() + mails.MONTH), _remind)


def _remind(number: int) -> int:
    with transaction():
        made = locked(Verification, number)
        if made.reminded_at is not None or made.dropped_at is not None or made.replaced_at is not None:
            return 0
        made.reminded_at = clock.now()
        organisation = locked(Organisation, made.organisation_id)
        deciders = queries.deciders(organisation.id)
        checker = [one for one in deciders if one.id == made.checked_by]
        tell(checker or deciders, lambda person: mails.check_ends(made, organisation, person))
        return 1


def release(organisation: Organisation, *, by: Person) -> None:
    """Give a profile away: it stays public and says that it looks for somebody; those who oversee it get a task."""
    with transaction():
        current = locked(Organisation, organisation.id)
        demand(Permission.RELEASE, current, by=by)
        organisations.release(current, by=by)
        tell(queries.deciders(current.id), lambda person: mails.released(current, person))

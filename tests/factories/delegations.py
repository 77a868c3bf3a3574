"""Delegations as the use-cases make them."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from portal.events.models import Event
from portal.ground.db import db
from portal.registration import services
from portal.registration.delegates import Delegate
from portal.registration.models import Delegation, DelegationSeat
from portal.registration.services import Request
from tests.factories.events import unique


def delegates(*people: str) -> list[Delegate]:
    """`Anna Lipa <anna@example.org>`, or a name alone for who has no address."""
    found = []
    for number, one in enumerate(people, 1):
        name, _open, address = one.partition(" <")
        found.append(Delegate(number, name, address.rstrip(">")))
    return found


def request(event: Event, size: int, *people: str, **more: Any) -> Request:
    values = {
        "key": f"klucz{unique()}", "name": "Zofia Wierzba", "email": f"fundacja{unique()}@example.org", "locale": "pl",
        "affiliation": "Fundacja Lipa", "accepts_waiting": True, **more,
    }  # fmt: skip
    return Request(event_id=event.id, size=size, people=delegates(*people), **values)


def unconfirmed(event: Event, size: int, *people: str, **more: Any) -> Delegation:
    """A form that was sent and not confirmed yet."""
    services.submit_delegation(request(event, size, *people, **more))
    return latest(event)


def delegation(event: Event, size: int, *people: str, **more: Any) -> Delegation:
    """One that was asked for and confirmed."""
    made = unconfirmed(event, size, *people, **more)
    services.confirm_delegation(made.id)
    return db.session.get_one(Delegation, made.id, populate_existing=True)


def latest(event: Event) -> Delegation:
    query = sa.select(Delegation).where(Delegation.event_id == event.id).order_by(Delegation.id.desc()).limit(1)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def seats(made: Delegation) -> list[str]:
    """The states of its seats, in order."""
    db.session.rollback()
    query = sa.select(DelegationSeat.status).where(DelegationSeat.delegation_id == made.id)
    return list(db.session.scalars(query.order_by(DelegationSeat.id)))


def rows(made: Delegation) -> Sequence[DelegationSeat]:
    db.session.rollback()
    query = sa.select(DelegationSeat).where(DelegationSeat.delegation_id == made.id).order_by(DelegationSeat.id)
    return db.session.scalars(query).all()

"""Pairs of profiles, and requests to merge them."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.ground.db import db
from portal.merging.models import MergeRequest, RequestState
from portal.organisations import queries as organisations
from portal.organisations.models import Organisation, Role


@dataclass(frozen=True, slots=True)
class Pair:
    """The profile that stays and the one that goes."""

    kept: Organisation
    lost: Organisation


def pair(slug: str, other: str) -> Pair | None:
    """The profile at `slug` stays, that at `other` goes."""
    kept, lost = organisations.by_slug(slug), organisations.by_slug(other)
    return Pair(kept, lost) if kept is not None and lost is not None else None


def _whole() -> sa.Select[MergeRequest]:
    return sa.select(MergeRequest).options(joinedload(MergeRequest.kept), joinedload(MergeRequest.lost))


def request_of(number: int) -> MergeRequest | None:
    """A request with both profiles."""
    return db.session.scalar(_whole().where(MergeRequest.id == number))


def locked_request(number: int) -> MergeRequest:
    """The request as it is now, with both profiles, kept from others until the end of the running transaction."""
    query = _whole().where(MergeRequest.id == number).with_for_update(of=MergeRequest)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def waiting_for(*numbers: int) -> Sequence[MergeRequest]:
    """The open requests that any of these profiles is part of."""
    touched = sa.or_(MergeRequest.kept_id.in_(numbers), MergeRequest.lost_id.in_(numbers))
    query = _whole().where(touched, MergeRequest.state == RequestState.WAITING).order_by(MergeRequest.id)
    return db.session.scalars(query).all()


def to_decide(person: Person) -> Sequence[MergeRequest]:
    """The open requests that this person can answer."""
    owned = [number for number, roles in organisations.roles_anywhere(person).items() if Role.OWNER in roles]
    if not owned:
        return []
    query = _whole().where(MergeRequest.asked_id.in_(owned), MergeRequest.state == RequestState.WAITING)
    return db.session.scalars(query.order_by(MergeRequest.id)).all()


def others_of(person: Person, organisation: Organisation) -> Sequence[Organisation]:
    """The other profiles that this person manages, of the same country."""
    found = organisations.organisations_of(person)
    return [one for one in found if one.id != organisation.id and one.country == organisation.country]

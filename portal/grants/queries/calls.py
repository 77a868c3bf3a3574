"""Programmes and calls, one by one, and which of them everybody sees."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.areas import queries as areas
from portal.areas.words import Place
from portal.grants.models import Call, CallArea, CallEvent, CallPhase, CallStatus, Operator, Programme
from portal.ground.db import db
from portal.ground.statements import table
from portal.organisations.models import PUBLIC, Organisation, OrganisationStatus

_organisation = table(Organisation)
_WHOSE = joinedload(Call.programme).joinedload(Programme.organisation)
_BY_SLUG = sa.select(Call).where(Call.slug == sa.bindparam("slug")).options(_WHOSE)


def programme_by_number(number: int) -> Programme | None:
    """The programme with its organisation."""
    query = sa.select(Programme).where(Programme.id == number)
    return db.session.scalar(query.options(joinedload(Programme.organisation)))


def call_by_slug(slug: str) -> Call | None:
    """The call with its programme and operator, in whatever state."""
    return db.session.scalar(_BY_SLUG, {"slug": slug})


def call_by_number(number: int) -> Call | None:
    """The same, by number."""
    return db.session.scalar(sa.select(Call).where(Call.id == number).options(_WHOSE))


def phase(moment: dt.datetime) -> sa.ColumnElement[str]:
    """Where a public call stands at a moment. Twin: `Call.phase_at`."""
    return sa.case(
        (sa.or_(Call.status == CallStatus.CANCELLED, Call.closes_at <= moment), sa.literal(CallPhase.CLOSED.value)),
        (Call.opens_at <= moment, sa.literal(CallPhase.OPEN.value)),
        else_=sa.literal(CallPhase.ANNOUNCED.value),
    )


def public_condition() -> sa.ColumnElement[bool]:
    """Was it published, and is the profile of its operator public?"""
    shown = sa.exists().where(
        Programme.id == Call.programme_id,
        _organisation.c.id == Programme.organisation_id,
        _organisation.c.status.in_(PUBLIC),
    )
    return sa.and_(Call.status != CallStatus.DRAFT, shown)


def is_public(call: Call) -> bool:
    """The same of one call, which comes with its programme and operator."""
    return call.status != CallStatus.DRAFT and OrganisationStatus(call.programme.organisation.status) in PUBLIC


def findable_ids() -> sa.Select[int]:
    """The numbers of the calls that are public."""
    return sa.select(Call.id).where(public_condition())


def places_of(call_id: int) -> Sequence[Place]:
    """The areas of a call as they are shown, by their codes."""
    numbers = db.session.scalars(sa.select(CallArea.area_id).where(CallArea.call_id == call_id)).all()
    return sorted(areas.places(numbers).values(), key=lambda place: place.code)


def area_numbers(call_id: int) -> Sequence[int]:
    return db.session.scalars(sa.select(CallArea.area_id).where(CallArea.call_id == call_id)).all()


def number_of_calls(programme_id: int) -> int:
    return db.session.scalar(sa.select(sa.func.count(Call.id)).where(Call.programme_id == programme_id)) or 0


def calls_of_organisation(organisation_id: int) -> Sequence[Call]:
    """All calls of an operator, in whatever state, with it."""
    query = sa.select(Call).join(Call.programme).where(Programme.organisation_id == organisation_id)
    return db.session.scalars(query.options(_WHOSE).order_by(Call.id)).all()


def events_of(call_id: int) -> Sequence[CallEvent]:
    """What was confirmed about a call that is public, the latest first."""
    query = sa.select(CallEvent).where(CallEvent.call_id == call_id, CallEvent.confirmed_at.is_not(None))
    return db.session.scalars(query.order_by(CallEvent.confirmed_at.desc(), CallEvent.id.desc())).all()


def waiting_event(call_id: int) -> CallEvent | None:
    """What waits for a second person."""
    waits = (CallEvent.confirmed_at.is_(None), CallEvent.dropped_at.is_(None))
    query = sa.select(CallEvent).where(CallEvent.call_id == call_id, *waits)
    return db.session.scalar(query.options(joinedload(CallEvent.call).options(_WHOSE)))


def waiting_events(organisations: Sequence[int]) -> Sequence[CallEvent]:
    """The same for all calls of these operators, the oldest first."""
    waits = (CallEvent.confirmed_at.is_(None), CallEvent.dropped_at.is_(None))
    query = sa.select(CallEvent).join(CallEvent.call).join(Call.programme)
    query = query.where(Programme.organisation_id.in_(organisations), *waits)
    return db.session.scalars(query.options(joinedload(CallEvent.call).options(_WHOSE)).order_by(CallEvent.id)).all()


def event_at(slug: str, number: int) -> CallEvent | None:
    """A change of the call with this address, with it."""
    query = sa.select(CallEvent).join(CallEvent.call).where(Call.slug == slug, CallEvent.id == number)
    return db.session.scalar(query.options(joinedload(CallEvent.call).options(_WHOSE)))


def programmes_of(organisations: Sequence[int]) -> Sequence[tuple[Programme, Sequence[Call]]]:
    """The programmes of these organisations, the youngest first, each with its calls."""
    query = sa.select(Programme).where(Programme.organisation_id.in_(organisations))
    query = query.options(joinedload(Programme.organisation)).order_by(Programme.starts_on.desc(), Programme.id.desc())
    programmes = db.session.scalars(query).all()
    theirs = sa.select(Call).where(Call.programme_id.in_([one.id for one in programmes]))
    found: dict[int, list[Call]] = {one.id: [] for one in programmes}
    for call in db.session.scalars(theirs.order_by(Call.id.desc())):
        found[call.programme_id].append(call)
    return [(one, found[one.id]) for one in programmes]


def giving(organisations: Sequence[int]) -> Sequence[Organisation]:
    """Those of these organisations that may open calls, or have a programme."""
    if not organisations:
        return []
    operates = sa.exists().where(Operator.organisation_id == Organisation.id, Operator.is_open)
    has_one = sa.exists().where(Programme.organisation_id == Organisation.id)
    query = sa.select(Organisation).where(Organisation.id.in_(organisations), sa.or_(operates, has_one))
    return db.session.scalars(query.order_by(Organisation.id)).all()

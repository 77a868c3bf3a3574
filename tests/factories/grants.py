"""Micro-grants for tests, made through the services."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from portal.accounts.models import Person
from portal.grants import queries, services
from portal.grants.models import Call, CallEvent, Operator, Programme
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.organisations.models import Organisation
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person

_numbers = itertools.count(1)
NOON = dt.time(12)
DAYS = {"check_days": 5, "correction_days": 5, "assessment_days": 15, "appeal_days": 3}


def make_operator(owner: Person | None = None, *, by: Any = PORTAL, of: Organisation | None = None) -> Operator:
    """An organisation that gives micro-grants."""
    made = services.name_operator(of or make_organisation(owner), by=by)
    return fresh_operator(made)


def fresh_operator(operator: Operator) -> Operator:
    """The row as it is in the database now, with its organisation."""
    number = operator.id
    db.session.rollback()
    found = queries.operator_by_number(number)
    assert found is not None
    return found


def make_programme(owner: Person | None = None, *, of: Organisation | None = None, **fields: Any) -> Programme:
    """A programme of an operator, which is one from now on where it was none."""
    organisation = of or make_organisation(owner)
    if not queries.is_operator(organisation.id):
        organisation = make_operator(of=organisation).organisation
    given = {"title": "Mikrogranty", "starts_on": dt.date(2026, 1, 1), **fields}
    made = services.open_programme(organisation, language="pl", by=PORTAL, **given)
    return fresh_programme(made)


def fresh_programme(programme: Programme) -> Programme:
    number = programme.id
    db.session.rollback()
    found = queries.programme_by_number(number)
    assert found is not None
    return found


def whole(**changes: Any) -> dict[str, Any]:
    """All that a public call needs but its areas: open since yesterday, until noon in ten days."""
    today = clock.today("Europe/Warsaw")
    return {
        "title": f"Nabór {next(_numbers)}", "number": f"{next(_numbers)}/2027", "timezone": "Europe/Warsaw",
        "summary": "Na ławkę i kino.", "description": "<p>Ogłoszenie.</p>",
        "opens_at": dt.datetime.combine(today - dt.timedelta(days=1), NOON),
        "closes_at": dt.datetime.combine(today + dt.timedelta(days=10), NOON),
        "smallest": Decimal(2000), "largest": Decimal(5000), "pool": Decimal(50000),
        "applicants": ("organisation", "group-with-patron"), **DAYS, **changes,
    }  # fmt: skip


def make_call(
    programme: Programme | None = None, *, status: str = "published", areas: tuple[str, ...] = ("PL-10",), **fields: Any
) -> Call:  # fmt: skip
    """A call with all that it needs, brought to the state that is asked for."""
    call = services.create_call(programme or make_programme(), language="pl", by=PORTAL, **whole(**fields))
    if areas:
        services.set_call_areas(call, version=call.row_version, codes=areas, by=PORTAL)
    if status != "draft":
        services.publish_call(call, by=PORTAL)
    if status == "cancelled":
        services.cancel_call(call, reason="Nie ma pieniędzy.", by=PORTAL)
    return fresh_call(call)


def fresh_call(call: Call) -> Call:
    """The row as it is in the database now, with its programme and operator."""
    number = call.id
    db.session.rollback()
    found = queries.call_by_number(number)
    assert found is not None
    return found


def make_extension(call: Call | None = None, *, by: Person | None = None, days: int = 7) -> CallEvent:
    """An extension by so many days that waits for a second person."""
    asker = by or make_person()
    call = call or make_call(make_programme(asker))
    assert call.closes_at is not None
    later = clock.to_wall(call.closes_at, call.timezone) + dt.timedelta(days=days)
    made = services.ask_extension(call, language="pl", by=asker, after_at=later, reason="Śnieżyca.")
    return fresh_event(call, made)


def fresh_event(call: Call, event: CallEvent) -> CallEvent:
    slug, number = call.slug, event.id
    db.session.rollback()
    found = queries.event_at(slug, number)
    assert found is not None
    return found

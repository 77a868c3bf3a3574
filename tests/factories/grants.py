"""Micro-grants for tests, made through the services."""

from typing import Any

from portal.accounts.models import Person
from portal.grants import queries, services
from portal.grants.models import Operator
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.organisations.models import Organisation
from tests.factories.organisations import make_organisation


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

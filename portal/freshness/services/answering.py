"""The answer to a mail of the calendar, without signing in."""

from portal.freshness.models import Request
from portal.freshness.policies import Permission
from portal.ground.authz import demand
from portal.ground.db import transaction
from portal.ground.locks import locked
from portal.organisations import services as organisations
from portal.organisations.models import Organisation


def answer(request: Request) -> None:
    """Everything is right, says whoever was asked: by the link of their mail, whether they have signed in or not.

    Raises NotAllowed when they may not say so (any more).
    """
    person = request.person
    with transaction():
        locked(Organisation, request.organisation_id)
        demand(Permission.ANSWER, request, by=person)
        organisations.confirm(request.organisation, by=person)

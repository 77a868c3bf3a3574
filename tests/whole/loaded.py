"""What the use-cases of a model with states load with a row."""

from typing import Any

from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from portal.grants.models import Call, Programme
from portal.membership.models import Review
from portal.projects.models import ProjectPartner, Record
from portal.registration.models import Delegation, Need, Registration


def with_all(row: Any) -> tuple[ORMOption, ...]:
    """The options of a query for the row."""
    match row:
        case Review():
            return joinedload(Review.organisation), joinedload(Review.network)
        case Need():
            return (joinedload(Need.registration).joinedload(Registration.event),)
        case Delegation():
            return (joinedload(Delegation.event),)
        case ProjectPartner():
            return joinedload(ProjectPartner.project), joinedload(ProjectPartner.organisation)
        case Record():
            return (joinedload(Record.project),)
        case Call():
            return (joinedload(Call.programme).joinedload(Programme.organisation),)
        case _:
            return ()

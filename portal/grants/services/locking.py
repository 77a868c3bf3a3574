"""What all use-cases of calls share: the row under lock, and the search in step with what is public."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.grants.findable import document
from portal.grants.models import KIND, Call, CallStatus, Programme
from portal.grants.queries import call_by_number
from portal.ground.db import db
from portal.ground.errors import Refusal
from portal.ground.locks import locked_if_there
from portal.organisations.models import PUBLIC, Organisation, OrganisationStatus
from portal.words import search
from portal.words.i18n import _l


def locked_programme(number: int) -> Programme:
    """The programme under lock, with its organisation: always the first lock of a use-case of it."""
    if locked_if_there(Programme, number) is None:
        raise Refusal(_l("This programme no longer exists."))
    loaded = joinedload(Programme.organisation)
    return db.session.scalars(sa.select(Programme).where(Programme.id == number).options(loaded)).one()


def locked_call(number: int) -> Call:
    """The call under lock, with its programme and operator: always the first lock of a use-case of it."""
    if locked_if_there(Call, number) is None:
        raise Refusal(_l("This call no longer exists."))
    found = call_by_number(number)
    assert found is not None
    return found


def reindex(call: Call) -> None:
    """Let the search say of this call what is public now."""
    programme = db.session.get_one(Programme, call.programme_id)
    status = db.session.get_one(Organisation, programme.organisation_id).status
    if call.status != CallStatus.DRAFT and OrganisationStatus(status) in PUBLIC:
        db.session.flush()
        search.index([document(call)])
    else:
        search.remove(KIND, call.id)

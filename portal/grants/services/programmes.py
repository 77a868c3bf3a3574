"""Programmes of an operator: opened and changed by its owners."""

import datetime as dt

from portal.accounts.models import Person
from portal.grants import queries
from portal.grants.fields import NO_TITLE, PROGRAMME
from portal.grants.models import Programme
from portal.grants.policies import Permission
from portal.grants.services.locking import locked_programme
from portal.ground import audit
from portal.ground.authz import Portal, demand
from portal.ground.db import transaction
from portal.ground.errors import Refusal, check_version
from portal.ground.locks import locked
from portal.organisations.models import Organisation
from portal.words.fields import Given
from portal.words.i18n import _l


def open_programme(organisation: Organisation, *, language: str, by: Person | Portal, **values: object) -> Programme:
    """Begin a programme of an operator with the fields of PROGRAMME in one language."""
    given = PROGRAMME.given_new(values)
    given.check(*_faults(given, needs_title=True))
    with transaction() as session:
        current = locked(Organisation, organisation.id)
        demand(Permission.OPEN_PROGRAMME, current, by=by)
        made = Programme(organisation_id=current.id, **PROGRAMME.new(given, language))
        session.add(made)
        session.flush()
        audit.record("grants.programme-opened", made, detail={"title": given["title"]}, actor=by)
    return made


def update_programme(
    programme: Programme, *, language: str, version: int, by: Person | Portal, **values: object
) -> None:  # fmt: skip
    """Write the texts of a programme in one language, its period and its currency.

    Raises Stale when somebody else has saved since, and Refusals: with calls the currency stays.
    """
    given = PROGRAMME.given(values)
    with transaction() as session:
        row = locked_programme(programme.id)
        demand(Permission.CHANGE_PROGRAMME, row, by=by)
        check_version(row, version, PROGRAMME.read(row, language))
        faults = _faults(given, needs_title=language == row.title.original)
        if given["currency"] != row.currency and queries.number_of_calls(row.id):
            words = _l("There is a call already, with amounts in the present currency. The currency stays.")
            faults.append(Refusal(words, field="currency"))
        given.check(*faults)
        PROGRAMME.write(row, given, language)
        session.flush()
        audit.record("grants.programme-changed", row, detail={"language": language}, actor=by)


def _faults(given: Given, *, needs_title: bool) -> list[Refusal]:
    faults = [Refusal(NO_TITLE, field="title")] if needs_title and not given["title"] else []
    first, last = given["starts_on"], given["ends_on"]
    if isinstance(first, dt.date) and isinstance(last, dt.date) and last < first:
        words = _l("The programme would end before it begins. Choose a later last day.")
        faults.append(Refusal(words, field="ends_on"))
    return faults

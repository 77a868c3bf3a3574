"""What becomes of a profile as a whole: a group that is registered now, and a profile whose last owner goes."""

from collections.abc import Mapping

from portal.accounts.models import Person
from portal.ground import audit, clock
from portal.ground.authz import Portal, demand
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.facts import announce
from portal.ground.locks import locked
from portal.ground.memo import forget
from portal.organisations import queries
from portal.organisations.facts import LegalDetailsChanged
from portal.organisations.history import PROFILE_HISTORY
from portal.organisations.models import Organisation, OrganisationRole, Role
from portal.organisations.policies import Permission
from portal.organisations.services.fields import completed, given_of, normalised, numbers_of
from portal.organisations.services.listing import reindex
from portal.organisations.services.said import say
from portal.organisations.themes import is_informal, legal_forms
from portal.revisions import services as revisions
from portal.words.fields import Given
from portal.words.i18n import _l

NOT_REGISTERED = _l("Choose the legal form that the group has now.")


def check_registration(organisation: Organisation, legal_form: str, numbers: Mapping[str, str]) -> dict[str, str]:
    """The numbers by scheme with which a group could be registered. Raises Refusals with what is to be corrected."""
    if legal_form not in {term.code for term in legal_forms(organisation.country, informal=False)}:
        raise Refusal(NOT_REGISTERED, field="legal_form")
    return numbers_of(_registered(organisation, legal_form, numbers))


def _registered(organisation: Organisation, legal_form: str, numbers: Mapping[str, str]) -> Given:
    stored = queries.stored(organisation)
    given = given_of({"legal_form": legal_form, **numbers})
    return normalised(completed(given, stored), organisation.country, stored, organisation.id)


def register(organisation: Organisation, *, legal_form: str, numbers: Mapping[str, str], by: Person | Portal) -> None:
    """Make a registered organisation of an informal group: the same profile, another form, and its numbers.

    Raises Refusals, and Conflict when it is no group any more.
    """
    with transaction():
        current = locked(Organisation, organisation.id)
        demand(Permission.EDIT, current, by=by)
        if not current.informal:
            raise Conflict(_l("This profile is already that of a registered organisation."))
        check_registration(current, legal_form, numbers)
        whole = _registered(current, legal_form, numbers)
        with revisions.noting(PROFILE_HISTORY, current, by=by):
            current.legal_form, current.informal = legal_form, is_informal(legal_form)
            say(current, whole)
        reindex(current)
        announce(LegalDetailsChanged(current.id, was_informal=True))
        audit.record("organisation.registered", current, detail={"form": legal_form}, actor=by)


def release(organisation: Organisation, *, by: Person) -> None:
    """The last owner gives the profile away: it stays as it is and belongs to nobody until somebody is granted it.

    Raises Conflict while somebody else manages it too: then the own role is simply ended.
    """
    with transaction():
        current = locked(Organisation, organisation.id)
        demand(Permission.MANAGE_PEOPLE, current, by=by)
        if len(queries.owners_of(current)) > 1:
            raise Conflict(_l("Somebody else manages this profile too. End your role on the page “People”."))
        for role, person in queries.people_of(current):
            if person.id == by.id and role.role == Role.OWNER:
                locked(OrganisationRole, role.id).end(by=by)
        current.released_at = clock.now()
        forget()
        audit.record("organisation.released", current, actor=by)

"""Organisations for tests, made through the services."""

import itertools
from collections.abc import Iterable
from typing import Any

from portal.accounts.models import Person
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.organisations import services
from portal.organisations.fields import PROFILE
from portal.organisations.models import ListedPerson, Organisation, OrganisationRole, OrganisationStatus, Role
from tests.factories.people import make_person

_numbers = itertools.count(1)
Contacted = tuple[str, ...]  # (kind, value, visibility) and perhaps a note
S = OrganisationStatus
_WAYS: dict[OrganisationStatus, tuple[OrganisationStatus, ...]] = {
    S.DRAFT: (),
    S.PENDING: (S.PENDING,),
    S.PUBLISHED: (S.PENDING, S.PUBLISHED),
    S.HIDDEN: (S.PENDING, S.PUBLISHED, S.HIDDEN),
    S.SUSPENDED: (S.PENDING, S.PUBLISHED, S.SUSPENDED),
    S.CLOSED: (S.PENDING, S.PUBLISHED),
}
IN = {
    "PL": {"legal_form": "pl-assoc", "town": "Zgierz", "region": "PL-10"},
    "BG": {"legal_form": "bg-chitalishte", "town": "Казанлък", "region": "BG-24"},
}


def words(country: str = "PL", **changes: Any) -> dict[str, Any]:
    """Everything that a profile needs from its form."""
    return {
        **PROFILE.nothing, "name": f"Stowarzyszenie Lipa {next(_numbers)}", "summary": "Sadzimy drzewa.",
        "description": "<p>Od 2012 roku.</p>", "themes": ["1"], **IN[country], **changes,
    }  # fmt: skip


def translated(**texts: str) -> dict[str, Any]:
    """Everything that the form of a translation sends; what is not said is not translated."""
    return {**PROFILE.texts.nothing, **texts}


def make_organisation(
    owner: Person | None = None, *, status: str = "published", language: str = "pl", country: str = "PL",
    contacts: Iterable[Contacted] = (), contact_form: bool = True, **fields: Any,
) -> Organisation:  # fmt: skip
    """An organisation with its owner, brought to the state that is asked for. `contacts`: (kind, value, visibility)."""
    person = owner or make_person()
    organisation = services.create(by=person, language=language, country=country, **words(country, **fields))
    if (contacts := list(contacts)) or not contact_form:
        set_contacts(organisation, person, *contacts, contact_form=contact_form)
    for step in _WAYS[OrganisationStatus(status)]:
        services.change_status(organisation, step, by=PORTAL, reason="Powód" if step == S.SUSPENDED else "")
    if status == S.CLOSED:
        services.close(organisation, last_day=clock.today("Europe/Warsaw"), by=person)
    return fresh(organisation)


def set_contacts(
    organisation: Organisation, by: Any, *contacts: Contacted, contact_form: bool = True, language: str = ""
) -> None:
    """Write these contacts in the place of whatever there is."""
    from portal.organisations import queries

    current = fresh(organisation)
    services.set_contacts(
        current, by=by, version=queries.contacts_version(current, queries.contacts_of(current)),
        contacts=[services.ContactLine(row, *one) for row, one in enumerate(contacts, start=1)],
        contact_form=contact_form, language=language or current.name.original,
    )  # fmt: skip


def list_somebody(organisation: Organisation, by: Person, email: str = "ewa@example.net", **more: Any) -> ListedPerson:
    """Somebody who was asked whether the profile may show them."""
    from portal.organisations import queries

    said = {"kind": "board", "name": "Ewa Skarbniczka", "work": "skarbniczka", "is_public": True, **more}
    made = services.list_person(organisation, by=by, email=email, language="pl", **said)
    found = queries.listed_by_number(organisation.slug, made.id)
    assert found is not None
    return found


def make_member(organisation: Organisation, role: str = "editor", person: Person | None = None) -> Person:
    """Somebody with a role in the organisation."""
    person = person or make_person(f"Osoba {role}")
    services.grant_role(organisation, to=person, role=Role(role), by=PORTAL)
    return person


def role_of(organisation: Organisation, person: Person) -> OrganisationRole:
    """The open role of a person."""
    from portal.organisations import queries

    return next(role for role, somebody in queries.people_of(organisation) if somebody.id == person.id)


def fresh(organisation: Organisation) -> Organisation:
    """The organisation as it stands in the database now."""
    from portal.organisations import queries

    db.session.rollback()
    found = queries.by_number(organisation.id)
    assert found is not None
    return found

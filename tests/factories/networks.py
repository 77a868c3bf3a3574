"""Networks, members and cases for tests, made through the services."""

import itertools
from typing import Any

from portal.accounts.models import Person
from portal.core.db import db
from portal.membership import queries, services
from portal.membership.models import Membership, MembershipStatus, Network, Question, Review
from portal.organisations import services as organisation_services
from portal.organisations.models import Organisation, OrganisationStatus, Role
from tests.factories.people import make_person

_numbers = itertools.count(1)
S = MembershipStatus


def make_network(
    name: str = "Sieć Sąsiedzka", *, language: str = "pl", coordinators: tuple[Person, ...] = (), **texts: Any
) -> Network:
    """A network with its coordinators."""
    network = services.create_network(language=language, name=name, by=None, **texts)
    for person in coordinators:
        services.grant_coordinator(network.slug, str(person.email))
    return network


def make_profile(
    owner: Person | None = None, name: str = "", *, status: str = "published", **fields: Any
) -> Organisation:
    """An organisation with an owner, in the state that is asked for."""
    number = next(_numbers)
    owner = owner or make_person()
    organisation = organisation_services.create(
        by=owner, language="pl", country="PL",
        **{
            "name": name or f"Stowarzyszenie Lipa {number}", "summary": "Sadzimy drzewa.", "description": "<p>Od 2012 roku.</p>",
            "legal_form": "pl-informal", "town": "Zgierz", "region": "PL-10", "themes": ("1",), "founded_year": None,
            "website": "", "contact_email": "", "contact_phone": "", "contact_visibility": "public", **fields,
        },
    )  # fmt: skip
    steps = {"draft": (), "pending": ("pending",), "published": ("pending", "published")}[status]
    for step in steps:
        organisation_services.change_status(organisation, OrganisationStatus(step), by=None)
    return organisation


def give_role(person: Person, organisation: Organisation, role: str) -> None:
    organisation_services.grant_role(organisation, to=person, role=Role(role), by=None)


def make_question(network: Network, text: str = "Co chcecie robić razem?", *, required: bool = True) -> Question:
    return services.add_question(network, language="pl", text=text, required=required, by=make_person())


def make_application(
    network: Network,
    organisation: Organisation | None = None,
    owner: Person | None = None,
    *,
    status: str = "submitted",
) -> Membership:
    """An application or membership in the state that is asked for, brought there by its steps.

    The network needs a coordinator for every state beyond `submitted` and `withdrawn`.
    """
    owner = owner or make_person()
    organisation = organisation or make_profile(owner)
    answers = {question.id: "Wspólny festyn." for question in queries.questions_of(network.id)}
    membership = services.apply(network, organisation_id=organisation.id, answers=answers, language="pl", by=owner)
    if status != S.SUBMITTED:
        _bring(membership, owner, network, status)
    return current(membership)


def _bring(membership: Membership, owner: Person, network: Network, status: str) -> None:
    coordinator = next(iter(queries.coordinators(network.id)), None)
    version = membership.row_version
    decision: dict[str, Any] = {"version": version, "by": coordinator}
    if status == S.WITHDRAWN:
        services.withdraw(membership, by=owner)
    elif status == S.MORE_INFO:
        services.ask_for_more(membership, reason="Ile osób działa w grupie?", **decision)
    elif status == S.DECLINED:
        services.decline(membership, reason="Sieć skupia grupy z innego regionu.", **decision)
    else:
        services.accept(membership, **decision)
        if status == S.RESIGNED:
            services.resign(membership, by=owner)


def make_review(owner: Person, network: Network | None = None, organisation: Organisation | None = None) -> Review:
    """A profile that waits for publication."""
    organisation = organisation or make_profile(owner, status="draft")
    review = services.send_for_review(organisation, network_slug=network.slug if network else "", by=owner)
    found = queries.review(review.id)
    assert found is not None
    return found


def current(membership: Membership) -> Membership:
    """The membership as it is stored now."""
    db.session.rollback()
    found = queries.application(membership.id)
    assert found is not None
    return found

"""Networks, members and cases for tests, made through the services."""

from typing import Any

from portal.accounts.models import Person
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.membership import queries, services
from portal.membership.models import Membership, MembershipStatus, Network, Question, Review
from portal.organisations.models import Organisation
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person

S = MembershipStatus


def make_network(
    name: str = "Sieć Sąsiedzka", *, language: str = "pl", coordinators: tuple[Person, ...] = (), **texts: Any
) -> Network:
    """A network with its coordinators."""
    network = services.create_network(language=language, name=name, by=PORTAL, **texts)
    for person in coordinators:
        services.grant_coordinator(network.slug, str(person.email), by=PORTAL)
    return network


def make_question(network: Network, text: str = "Co chcecie robić razem?", *, required: bool = True) -> Question:
    return services.add_question(network, language="pl", text=text, required=required, by=PORTAL)


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
    organisation = organisation or make_organisation(owner)
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
    organisation = organisation or make_organisation(owner, status="draft")
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

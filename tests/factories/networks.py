"""Networks, members and cases for tests, made through the services."""

import datetime as dt
from decimal import Decimal
from typing import Any

from portal.accounts.models import Person
from portal.face.media import prepare_document
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.membership import queries, services
from portal.membership.models import Membership, MembershipStatus, Network, Review
from portal.membership.queries import NetworkQuestion
from portal.organisations.models import Organisation
from portal.questions.models import QuestionKind
from portal.questions.queries import Asked
from portal.questions.rules import Value
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person

S = MembershipStatus
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def make_network(
    name: str = "Sieć Sąsiedzka", *, language: str = "pl", coordinators: tuple[Person, ...] = (), **texts: Any
) -> Network:
    """A network with its coordinators."""
    network = services.create_network(language=language, name=name, by=PORTAL, **texts)
    for person in coordinators:
        services.grant_coordinator(network.slug, str(person.email), by=PORTAL)
    return network


def make_question(
    network: Network,
    text: str = "Co chcecie robić razem?",
    *,
    required: bool = True,
    kind: QuestionKind = QuestionKind.LONG_TEXT,
    **more: Any,
) -> NetworkQuestion:
    """A question to applicants; choices have two answers to choose from, where no others are `added`."""
    if kind.has_options:
        more.setdefault("added", ["Tak, chcemy", "Jeszcze nie"])
    made = services.add_question(network, kind=kind, language="pl", text=text, required=required, by=PORTAL, **more)
    return asked(network, made.id)


def asked(network: Network, number: int) -> NetworkQuestion:
    """A question of the network as it is stored now."""
    db.session.rollback()
    found = queries.question_of(network.slug, number)
    assert found is not None
    return found


def typical(one: Asked) -> Value:
    """An answer that such a question takes."""
    match one.kind:
        case QuestionKind.CHOICE:
            return one.options[0].code
        case QuestionKind.SEVERAL:
            return (one.options[0].code,)
        case QuestionKind.NUMBER:
            return one.question.least or Decimal(12)
        case QuestionKind.DATE:
            return one.question.earliest or dt.date(2026, 5, 3)
        case QuestionKind.CONSENT:
            return True
        case QuestionKind.FILE:
            return prepare_document(PDF, "Statut koła.pdf")
        case _:
            return "Wspólny festyn."


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
    answers = {one.id: typical(one) for one in queries.questions_of(network.id)}
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


def make_member_organisation(*networks: Network) -> Organisation:
    """An organisation with a public profile that is a member of these, each of which has a coordinator."""
    owner = make_person()
    made = make_organisation(owner)
    for network in networks:
        make_application(network, made, owner, status="active")
    return made

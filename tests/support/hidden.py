"""One hidden object of every model that a route loads, and what a stranger is answered at its address.

A route whose loader returns a model that has no row here fails the test: whoever adds a model adds its row.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from flask import Flask
from werkzeug.test import TestResponse

from portal.accounts.models import Person
from portal.documents.models import OrganisationDocument
from portal.events.models import Event, EventRole, ProgrammeSession, Room, Slot
from portal.events.queries import EventQuestion, team
from portal.grants.models import Call, CallEvent, Operator, Programme
from portal.ground.sights import SIGHTS, Everybody
from portal.impact.models import Frame, Report
from portal.imports.models import ImportBatch
from portal.membership.models import Membership, Network, NetworkRole, Review
from portal.membership.queries import NetworkQuestion, SentFile, coordinator_roles
from portal.merging.models import MergeRequest
from portal.merging.queries import Pair
from portal.messages.models import Message
from portal.messages.queries import Place
from portal.news.models import Post
from portal.organisations import services as organisations
from portal.organisations.models import Invitation, ListedPerson, Organisation, OrganisationRole, OtherName, Role
from portal.projects.models import Project, ProjectDocument, ProjectPartner, ProjectPicture, Record
from portal.projects.queries import records_of
from portal.questions.models import QuestionKind
from portal.registration.models import Delegation, Need, Registration
from portal.registration.queries import EventReserve, reserve_lines
from portal.saved.models import SavedSearch
from portal.tasks.models import Task
from portal.trust import services as trust
from portal.trust.models import Claim, Patronage, Registering, Vouch
from tests.factories.delegations import delegation
from tests.factories.documents import make_document
from tests.factories.events import ask, make_event, make_room, make_session, make_slot, make_team_member
from tests.factories.frames import make_frame, make_outcome
from tests.factories.grants import make_call, make_extension, make_operator, make_programme
from tests.factories.imports import make_batch
from tests.factories.merging import make_request
from tests.factories.messages import make_message
from tests.factories.networks import make_application, make_network, make_question, make_review
from tests.factories.news import make_post
from tests.factories.organisations import list_somebody, make_organisation, role_of
from tests.factories.people import make_person
from tests.factories.projects import make_partner, make_picture, make_project, make_project_document
from tests.factories.records import make_report
from tests.factories.registrations import confirmed, make_need
from tests.factories.registrations import keep as keep_seats
from tests.factories.saved import keep, searching
from tests.factories.tasks import make_task
from tests.factories.trust import make_claim, make_group, make_orphan, make_patronage, make_vouch
from tests.support import markup
from tests.support.client import CheckedClient

NOWHERE = {
    "sender": "nikt",
    "slug": "nie-ma-takiego-miejsca",
    "other": "nie-ma-takiego-miejsca",
    "number": 987654,
    "person_id": 987654,
    "question": 987654,
    "code": "nie-ma",
    "position": 987,
    "to": "delivered",
}
OTHERS = {"lang": "en", "language": "bg", "section": "who"}
TYPED = {"title": "Wpisane słowa", "name": "Wpisane słowa"}
# Routes with another mark than `requires` that have the number of an object in their address.
BY_HAND: Mapping[str, type] = {
    "registration.open_own": Registration, "registration.open_delegation": Delegation, "organisations.card": Organisation,
    "organisations.card_picture": Organisation, "organisations.qr": Organisation, "projects.card": Project,
}  # fmt: skip
# Routes with the address of what nobody hides, or of no object at all.
PUBLIC: Mapping[str, str] = {
    "membership.show": "networks are public",
    "impact.frames": "networks are public",
    "impact.network_total": "networks are public",
    "impact.network_totals": "networks are public",
    "impact.network_totals_csv": "networks are public",
    "impact.network_totals_json": "networks are public",
    "impact.network_totals_xlsx": "networks are public",
    "news.of_network": "networks are public",
    "news.network_feed": "networks are public",
    "events.network_calendar": "networks are public",
    "programs.sitemap_part": "the name of a part of the site map",
}

Address = Mapping[str, Any]


def hidden_objects() -> dict[type, Address]:
    """Model -> the parts of the address of one that a stranger must not know of."""
    person = make_person("Ukryta Osoba")
    draft = make_organisation(person, status="draft")
    published = make_organisation(person)
    network = make_network(coordinators=(person,))
    event = make_event(network, status="draft")
    alias = organisations.add_name(draft, by=person, kind="alias", text="Ukryta nazwa")
    invitation = organisations.invite(draft, by=person, email="gosc@example.org", role=Role.EDITOR, language="pl")
    waiting = make_organisation(person, status="draft")
    ((role, _),) = coordinator_roles(network.id)
    return {
        Person: {"person_id": person.id},
        Organisation: {"slug": draft.slug, "number": 1, "code": "training-hours"},
        OrganisationDocument: {
            "slug": published.slug,
            "number": make_document(published, person, visibility="private").document_id,
        },
        Pair: {"slug": draft.slug, "other": make_organisation(person, status="draft").slug},
        MergeRequest: {"number": make_request(person, make_person()).id},
        SavedSearch: {"number": keep(person, searching("lipa")).id},
        ListedPerson: {"slug": draft.slug, "number": list_somebody(draft, person).id},
        ImportBatch: {"number": make_batch().id},
        OtherName: {"slug": draft.slug, "number": alias.id},
        Invitation: {"slug": draft.slug, "number": invitation.id},
        OrganisationRole: {"slug": draft.slug, "number": role_of(draft, person).id},
        NetworkRole: {"slug": network.slug, "number": role.id},
        NetworkQuestion: {"slug": network.slug, "number": make_question(network).id},
        SentFile: sent_file(person),
        Membership: {"number": make_application(network, owner=person).id},
        Review: {"number": make_review(person, network, waiting).id, "slug": waiting.slug},
        **of_event(event),
        Post: {"slug": make_post(draft, state="draft", by=person).slug},
        **registration_objects(),
        **of_project(make_project(published, state="draft", by=person)),
        Task: {"number": make_task(person).id},
        Place: {"sender": "network", "slug": network.slug},
        Message: {"number": make_message(network, person).id},
        Frame: frame_of_funder(network),
        **grant_objects(published),
        **trust_objects(),
    }


def grant_objects(organisation: Organisation) -> dict[type, Address]:
    """What an operator of micro-grants works on."""
    asked = make_extension()
    event: Address = {"slug": asked.call.slug, "number": asked.id}
    operator, programme = make_operator(of=organisation), make_programme(of=organisation)
    return {
        Operator: {"number": operator.id},
        Programme: {"number": programme.id},
        Call: {"slug": make_call(programme, status="draft").slug},
        CallEvent: event,
    }


def registration_objects() -> dict[type, Address]:
    """Who takes part, and what somebody needs at an event."""
    event, reserved = make_event(), make_event(seats=5, asks_organisation=True)
    keep_seats(reserved, 2, "ngo")
    (reserve,) = reserve_lines(reserved.id)
    taking = make_event(takes_delegations=True)
    return {
        Delegation: {"slug": taking.slug, "number": delegation(taking, 2).id},
        EventReserve: {"slug": reserved.slug, "number": reserve.kept.rule.id},
        Registration: {"slug": event.slug, "number": confirmed(event).id},
        Need: {"slug": event.slug, "number": make_need(event).id},
    }


def of_event(event: Event) -> dict[type, Address]:
    """The event and its parts."""
    parts = {
        EventQuestion: ask(event), Room: make_room(event), Slot: make_slot(event), ProgrammeSession: make_session(event)
    }  # fmt: skip
    return {
        Event: {"slug": event.slug},
        EventRole: {"slug": event.slug, "number": team_role(event)},
        **{model: {"slug": event.slug, "number": part.id} for model, part in parts.items()},
    }


def of_project(project: Project) -> dict[type, Address]:
    """The card of a project, an organisation that it names, and a document."""
    document = make_project_document(project).document_id
    number = make_partner(project).id
    report = make_report(project)
    (record,) = records_of(project.id)
    return {
        Project: {"slug": project.slug, "number": 1, "code": "training-hours"},
        ProjectPartner: {"slug": project.slug, "number": number},
        ProjectPicture: {"slug": project.slug, "number": make_picture(project).id},
        ProjectDocument: {"slug": project.slug, "number": document},
        Record: {"slug": project.slug, "number": record.id, "to": "confirmed"},
        Report: {"slug": project.slug, "number": report.id},
    }


def team_role(event: Event) -> int:
    make_team_member(event, "desk")
    ((role, _person),) = team(event.id)
    return role.id


def trust_objects() -> dict[type, Address]:
    """What is known to those alone who stand behind a group, claim a profile or decide on it."""
    owner = make_person()
    group = make_group(owner)
    asked = trust.ask_registering(group, legal_form="pl-assoc", numbers={"krs": "123456"}, by=owner)
    return {
        Vouch: {"number": make_vouch(group, owner).id},
        Patronage: {"number": make_patronage(group, owner)[0].id},
        Registering: {"number": asked.id},
        Claim: {"number": make_claim(make_orphan(), make_person()).id},
    }


def frame_of_funder(network: Network) -> Address:
    """A draft, with an outcome."""
    frame = make_frame(network)
    return {"slug": network.slug, "number": frame.id, "position": make_outcome(frame).position}


def sent_file(person: Person) -> Address:
    """A file that came with an application."""
    network = make_network()
    question = make_question(network, "Statut?", kind=QuestionKind.FILE)
    return {"number": make_application(network, owner=person).id, "question": question.id}


@dataclass(frozen=True)
class Route:
    """A route at which an object is loaded, and its model."""

    endpoint: str
    model: type
    arguments: frozenset[str]


def routes(app: Flask) -> Iterator[Route]:
    """Every route with an object in its address that may be hidden. Fails for one of which nobody says what it loads."""
    for rule in app.url_map.iter_rules():
        access, arguments = app.view_functions[rule.endpoint].access, frozenset(rule.arguments)
        if not arguments & set(NOWHERE) or access.kind == "by_link" or rule.endpoint in PUBLIC:
            continue
        model = access.model or BY_HAND[rule.endpoint]
        sight = SIGHTS.of(app).get(model)
        if not isinstance(sight, Everybody):
            yield Route(rule.endpoint, model, arguments)
        else:
            assert model is Network, f"{model.__name__} is public as a whole: is it?"


def leaks(
    app: Flask, browsers: Iterable[CheckedClient], hidden: Mapping[type, Address], at: Iterable[Route]
) -> dict[str, str]:
    """Where somebody is answered differently for a hidden object than for one that does not exist: endpoint -> how."""
    found = {}
    for route in at:
        here = hidden[route.model]
        for browser in browsers:
            for method in ("GET", "POST"):
                answers = {_answer(app, browser, method, route, address) for address in (here, *_nowhere(here))}
                if len(answers) > 1:
                    found[route.endpoint] = f"{method}: " + " / ".join(f"{a[0]} {a[1]} {a[2][:80]!r}" for a in answers)
    return found


def _nowhere(here: Address) -> Iterator[Address]:
    """Addresses at which there is nothing: all made up, and the true place with a number made up."""
    yield {name: NOWHERE[name] for name in here}
    if len(here) > 1:
        yield {**here, "number": NOWHERE["number"]}


def _answer(app: Flask, browser: CheckedClient, method: str, route: Route, at: Address) -> tuple[int, str, str]:
    """What can be told apart: status, where it leads, and the words of the page; the address itself left out."""
    values = {name: value for name, value in {**OTHERS, **at}.items() if name in route.arguments}
    with app.test_request_context():
        path = app.url_for(route.endpoint, **values)
    response = browser.open(path, method=method, data=TYPED if method == "POST" else None)
    is_page = response.mimetype == "text/html" and response.status_code != 303
    words = markup.text_of(markup.parsed(response.text).root) if is_page else _told(browser, response)
    return response.status_code, unquote(response.headers.get("Location", "")).replace(path, "…"), words


def _told(browser: CheckedClient, response: TestResponse) -> str:
    """What the next page would say after a redirect; it is not left for the page of another question."""
    if response.status_code != 303:
        return ""
    with browser.session_transaction() as kept:
        return str(kept.pop("_flashes", ""))

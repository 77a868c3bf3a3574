"""A role that ends between opening a page and pressing its button: one use-case of each feature, both ways in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from portal.accounts import services as accounts
from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.events import services as events
from portal.events.fields import EVENT
from portal.ground.authz import PORTAL, NotAllowed
from portal.membership import services as membership
from portal.membership.queries import coordinator_roles
from portal.news import services as news
from portal.organisations import services as organisations
from portal.pages import services as pages
from portal.pages.queries import operator
from tests.factories.events import make_event, refreshed
from tests.factories.networks import make_network
from tests.factories.news import make_post
from tests.factories.organisations import make_member, make_organisation, role_of, words
from tests.factories.people import make_administrator, make_person

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
NEW = "Zupełnie nowe słowa"


@dataclass(frozen=True)
class Case:
    """Somebody who may, the page of what they do with what they type there, the same as a service, and its trace."""

    person: Person
    page: str
    typed: dict[str, str]
    act: Callable[[Any], object]
    take_away: Callable[[], object]
    is_done: Callable[[], bool]


def organisation_case() -> Case:
    organisation = make_organisation()
    editor = make_member(organisation, "editor")
    return Case(
        editor, f"/en/organisations/{organisation.slug}/edit/work", {"summary": NEW},
        lambda by: organisations.update(
            organisation, by=by, version=refreshed(organisation).row_version, **words(summary=NEW)
        ),
        lambda: organisations.end_role(role_of(organisation, editor), by=PORTAL),
        lambda: refreshed(organisation).summary.source == NEW,
    )  # fmt: skip


def coordinator() -> tuple[Person, Any, Callable[[], object]]:
    person = make_person()
    network = make_network(coordinators=(person,))
    ((role, _),) = coordinator_roles(network.id)
    return person, network, lambda: membership.end_coordinator(role, by=PORTAL)


def network_case() -> Case:
    person, network, take_away = coordinator()
    return Case(
        person, f"/en/networks/{network.slug}/edit?to=pl", {"summary": NEW},
        lambda by: membership.update_network(
            network, language="pl", name="Sieć", summary=NEW, description="", timezone="Europe/Warsaw",
            contact_email="", version=refreshed(network).row_version, by=by,
        ),
        take_away,
        lambda: refreshed(network).summary.get("pl") == NEW,
    )  # fmt: skip


def event_case() -> Case:
    person, network, take_away = coordinator()
    event = make_event(network)

    def stored() -> dict[str, object]:
        row = refreshed(event)
        return dict(EVENT.read(row, row.title.original, row.timezone))

    return Case(
        person, f"/en/events/{event.slug}/edit", {"summary": NEW},
        lambda by: events.update_event(
            event, version=refreshed(event).row_version, **{**stored(), "summary": NEW}, by=by
        ),
        take_away,
        lambda: refreshed(event).summary.source == NEW,
    )  # fmt: skip


def post_case() -> Case:
    organisation = make_organisation()
    editor = make_member(organisation, "editor")
    post = make_post(organisation)
    return Case(
        editor, f"/en/news/{post.slug}/edit", {"lead": NEW},
        lambda by: news.update_post(
            post, version=refreshed(post).row_version, title="Ławka", lead=NEW, body="<p>A.</p>", category="news", by=by
        ),
        lambda: organisations.end_role(role_of(organisation, editor), by=PORTAL),
        lambda: refreshed(post).lead.source == NEW,
    )  # fmt: skip


def team() -> tuple[Person, Callable[[], object]]:
    make_administrator()  # the last one could not leave
    person = make_administrator()
    return person, lambda: accounts.end_administrator(person.id, by=PORTAL)


def team_case() -> Case:
    person, take_away = team()
    other = make_person()
    return Case(
        person, "/en/account/team", {"email": str(other.email)},
        lambda by: accounts.grant_administrator(address=str(other.email), by=by),
        take_away,
        lambda: is_administrator(refreshed(other)),
    )  # fmt: skip


def operator_case() -> Case:
    person, take_away = team()
    said = {
        "name": NEW, "address": "ul. Lipowa 1", "email": "biuro@example.org", "phone": "", "protection_officer": "",
        "accessibility_contact": "",
    }  # fmt: skip
    return Case(
        person, "/en/operator", said,
        lambda by: pages.describe_operator(**said, version=0, by=by),
        take_away,
        lambda: (found := operator()) is not None and found.name == NEW,
    )  # fmt: skip


CASES = [organisation_case, network_case, event_case, post_case, team_case, operator_case]


@pytest.mark.parametrize("make", CASES)
def test_service_refuses_whoever_has_no_right_any_more(app: Flask, make) -> None:
    case = make()
    stranger = make_person()
    case.take_away()
    for by in (refreshed(case.person), stranger, None):
        with pytest.raises(NotAllowed) as refused:
            case.act(by)
        assert refused.value.status == 403 and not case.is_done()
    case.act(PORTAL)
    assert case.is_done()


@pytest.mark.parametrize("make", CASES)
def test_button_of_an_open_page_does_nothing_any_more(app: Flask, make, as_person) -> None:
    case = make()
    browser = as_person(case.person)
    opened = browser.get(case.page)
    assert opened.status_code == 200
    case.take_away()
    answer = browser.submit(opened, case.typed)
    assert answer.status_code == 403 and not case.is_done()


def test_button_works_for_whoever_may(app: Flask, as_person) -> None:
    """Else the test above would prove nothing."""
    for make in CASES:
        case = make()
        answer = as_person(case.person).submit(case.page, case.typed)
        assert answer.status_code == 303 and case.is_done(), (make.__name__, answer.text)


def test_list_of_participants_closes_with_the_role(app: Flask, as_person) -> None:
    person, network, take_away = coordinator()
    event = make_event(network)
    browser = as_person(person)
    assert browser.get(f"/en/events/{event.slug}/participants/export").status_code == 200
    take_away()
    assert browser.get(f"/en/events/{event.slug}/participants/export").status_code == 403


def test_only_oneself_or_the_console_erases_a_person(app: Flask) -> None:
    person = make_person()
    for by in (make_person(), make_administrator(), None):
        with pytest.raises(NotAllowed):
            accounts.erase_person(person.id, by=by)
        with pytest.raises(NotAllowed):
            accounts.hand_out(person.id, by=by)
    accounts.hand_out(person.id, by=refreshed(person))
    accounts.erase_person(person.id, by=refreshed(person))

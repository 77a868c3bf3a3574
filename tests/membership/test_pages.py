"""The pages of networks, as visitors, applicants and coordinators meet them."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.ground.errors import Conflict
from portal.membership import queries, services
from tests.factories.events import refreshed
from tests.factories.networks import current, make_application, make_network, make_question, make_review
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.support.client import CheckedClient

Browser = Callable[[Any], CheckedClient]
LANGUAGES = ("pl", "bg", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_public_pages_stand_in_every_language(client: CheckedClient, lang: str) -> None:
    assert client.get(f"/{lang}/networks/").status_code == 200
    network = make_network(
        "Мрежа на читалищата", language="bg", summary="Шестнайсет читалища.", contact_email="mreza@example.org"
    )
    assert "Мрежа на читалищата" in client.get(f"/{lang}/networks/").text
    page = client.get(f"/{lang}/networks/{network.slug}").text
    assert "Шестнайсет читалища." in page
    assert ('<span lang="bg">Мрежа' in page) == (lang != "bg")
    assert client.get(f"/{lang}/networks/niente").status_code == 404


def test_a_network_shows_its_public_members_only_in_alphabetical_order(client: CheckedClient) -> None:
    network = make_network(coordinators=(make_person(),))
    for name, status in (
        ("Żubr", "active"),
        ("Łąka", "active"),
        ("Lipa", "active"),
        ("Czeka", "submitted"),
        ("Nie", "declined"),
    ):
        owner = make_person()
        make_application(network, make_organisation(owner, name=name), owner, status=status)
    page = client.get(f"/pl/networks/{network.slug}").text
    assert page.index(">Lipa<") < page.index(">Łąka<") < page.index(">Żubr<")
    assert "Czeka" not in page
    assert ">Nie<" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_public_pages_ask_the_database_the_same_few_questions(
    client: CheckedClient, count_queries: Any, rows: int
) -> None:
    network = make_network(coordinators=(make_person(),))
    for _ in range(rows):
        make_application(network, status="active")
        make_network()
    address = f"/pl/networks/{network.slug}"
    with count_queries() as seen:
        client.get(address)
    assert len(seen) == 9, seen
    with count_queries() as seen:
        client.get("/pl/networks/")
    assert len(seen) == 2, seen


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_organisation_applies_is_asked_answers_and_is_accepted(as_person: Browser, lang: str) -> None:
    coordinator, owner = make_person(), make_person()
    network = make_network(coordinators=(coordinator,))
    question = make_question(network)
    organisation = make_organisation(owner, name="Grupa Ławka")
    theirs, ours = as_person(owner), as_person(coordinator)
    address = f"/{lang}/networks/{network.slug}/apply"
    assert theirs.submit(address, {f"question_{question.id}": ""}).status_code == 422
    sent = theirs.submit(address, {f"question_{question.id}": "Festyn."})
    assert "Grupa Ławka" in theirs.follow(sent).text
    membership = queries.open_membership(network.id, organisation.id)
    assert membership is not None
    case = f"/{lang}/tasks/applications/{membership.id}"
    assert case in ours.get(f"/{lang}/tasks").text
    assert ours.submit(case, {"reason": ""}, button="decision=ask").status_code == 422
    ours.follow(ours.submit(case, {"reason": "Ile osób?"}, button="decision=ask"))
    assert "Ile osób?" in theirs.get(f"/{lang}/memberships/{membership.id}").text
    answer = f"/{lang}/memberships/{membership.id}/answer"
    assert theirs.submit(answer, {"reason": ""}).status_code == 422
    theirs.follow(theirs.submit(answer, {"reason": "Dwanaście osób."}))
    assert "Dwanaście osób." in ours.get(case).text
    ours.follow(ours.submit(case, {"reason": ""}, button="decision=accept"))
    assert current(membership).status == "active"
    assert "Grupa Ławka" in theirs.get(f"/{lang}/networks/{network.slug}").text
    assert theirs.get(f"/{lang}/organisations/{organisation.slug}/networks").status_code == 200
    theirs.follow(theirs.submit(f"/{lang}/memberships/{membership.id}/leave", {"reason": "Kończymy."}))
    assert current(membership).status == "resigned"


def test_an_application_is_withdrawn_after_a_question(as_person: Browser) -> None:
    owner = make_person()
    membership = make_application(make_network(), make_organisation(owner), owner)
    browser = as_person(owner)
    browser.follow(browser.submit(f"/pl/memberships/{membership.id}/withdraw"))
    assert current(membership).status == "withdrawn"
    assert browser.submit(f"/pl/memberships/{membership.id}/withdraw").status_code == 409


def test_the_second_of_two_tabs_is_told_that_the_organisation_has_applied(as_person: Browser) -> None:
    owner = make_person()
    network = make_network()
    make_organisation(owner)
    browser = as_person(owner)
    page = browser.get(f"/en/networks/{network.slug}/apply")
    assert browser.submit(page).status_code == 303
    second = browser.submit(page)
    assert second.status_code == 409
    assert "already in the network" in second.text


def test_a_decision_on_what_has_changed_shows_the_case_again_with_the_words(as_person: Browser) -> None:
    owner, coordinator = make_person(), make_person()
    membership = make_application(make_network(coordinators=(coordinator,)), make_organisation(owner), owner)
    browser = as_person(coordinator)
    page = browser.get(f"/en/tasks/applications/{membership.id}")
    services.withdraw(membership, by=owner)
    answer = browser.submit(page, {"reason": "Za mało osób."}, button="decision=decline")
    assert answer.status_code == 409
    assert current(membership).status == "withdrawn"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_profile_is_sent_returned_sent_again_and_published(as_person: Browser, lang: str) -> None:
    owner, coordinator = make_person(), make_person()
    network = make_network(coordinators=(coordinator,))
    organisation = make_organisation(owner, status="draft")
    theirs, ours = as_person(owner), as_person(coordinator)
    send = f"/{lang}/organisations/{organisation.slug}/send"
    theirs.follow(theirs.submit(send, {"network_slug": network.slug}))
    review = queries.open_review(organisation.id)
    assert review is not None
    address = f"/{lang}/tasks/profiles/{review.id}"
    assert ours.submit(address, {"reason": ""}, button="decision=return").status_code == 422
    ours.follow(ours.submit(address, {"reason": "Brakuje opisu."}, button="decision=return"))
    assert "Brakuje opisu." in theirs.get(send).text
    theirs.follow(theirs.submit(send, {"network_slug": network.slug}))
    review = queries.open_review(organisation.id)
    assert review is not None
    ours.follow(ours.submit(f"/{lang}/tasks/profiles/{review.id}", button="decision=publish"))
    assert organisation.status == "published"


def test_a_request_is_withdrawn_on_the_page_of_the_organisation(as_person: Browser) -> None:
    owner = make_person()
    review = make_review(owner)
    organisation, browser = review.organisation, as_person(owner)
    browser.follow(browser.submit(f"/pl/organisations/{organisation.slug}/networks"))
    assert organisation.status == "draft"


def test_the_work_list_says_what_is_not_theirs_and_filters_by_kind(as_person: Browser) -> None:
    coordinator = make_person()
    network = make_network(coordinators=(coordinator,))
    own = make_organisation(name="Moja Grupa")
    make_member(own, "editor", coordinator)
    make_application(network, own, queries.keepers(own.id, ["owner"])[0])
    other = make_application(network)
    make_review(make_person(), network)
    browser = as_person(coordinator)
    page = browser.get("/en/tasks").text
    assert page.count("not yours to decide") == 1
    assert f"/en/tasks/applications/{other.id}" in page
    only = browser.get("/en/tasks?kind=profiles").text
    assert "/tasks/applications/" not in only


def test_the_portal_team_sees_what_no_coordinator_can_decide(as_person: Browser) -> None:
    administrator = make_administrator()
    empty, kept = make_network(), make_network(coordinators=(make_person(),))
    alone, watched = make_application(empty), make_application(kept)
    review = make_review(make_person())
    page = as_person(administrator).get("/en/tasks").text
    assert f"/tasks/applications/{alone.id}" in page
    assert f"/tasks/profiles/{review.id}" in page
    assert f"/tasks/applications/{watched.id}" not in page


def test_a_network_is_made_written_translated_and_given_coordinators(as_person: Browser) -> None:
    administrator, coordinator = make_administrator(), make_person()
    browser = as_person(administrator)
    made = browser.submit("/pl/networks/new", {"name": "Sieć Zielona", "summary": "Krótko.", "description": "Długo."})
    assert made.status_code == 303
    assert browser.submit("/pl/networks/new", {"name": ""}).status_code == 422
    address = "/pl/networks/siec-zielona"
    assert browser.submit(f"{address}/coordinators", {"email": "nikt@example.org"}).status_code == 422
    browser.follow(browser.submit(f"{address}/coordinators", {"email": coordinator.email}))
    ours = as_person(coordinator)
    page = ours.get(f"{address}/edit?text=bg")
    assert ours.submit(page, {"name": "Зелена мрежа"}).status_code == 303
    assert ours.submit(page, {"name": "Друга мрежа"}).status_code == 409
    assert "Зелена мрежа" in ours.get("/bg/networks/siec-zielona").text
    assert ours.submit(f"{address}/edit", {"name": ""}).status_code == 422
    browser.follow(browser.submit(f"{address}/coordinators", {}, action=_end_address(browser, address)))
    assert ours.get(f"{address}/edit").status_code == 403


def _end_address(browser: CheckedClient, address: str) -> str:
    page = browser.get(f"{address}/coordinators").text
    start = page.index(f"{address}/coordinators/")
    return page[start : page.index('"', start)]


def test_questions_are_added_changed_ordered_and_retired(as_person: Browser) -> None:
    coordinator = make_person()
    network = make_network(coordinators=(coordinator,))
    browser = as_person(coordinator)
    address = f"/pl/networks/{network.slug}/questions"
    new = f"{address}/new?kind=long-text"
    assert "?kind=consent" in browser.get(f"{address}/new").text
    for text in ("Kto?", "Co?"):
        browser.follow(browser.submit(new, {"text": text}))
    assert browser.submit(new, {"text": ""}).status_code == 422
    first, second = queries.questions_of(network.id)
    assert browser.submit(f"{address}/{first.id}", {"text": " "}).status_code == 422
    browser.follow(browser.submit(address, action=f"{address}/{second.id}/up"))
    assert [question.id for question in queries.questions_of(network.id)] == [second.id, first.id]
    browser.follow(browser.submit(f"{address}/{first.id}?text=bg", {"text": "Кой?"}))
    assert queries.questions_of(network.id)[1].question.text.get("bg") == "Кой?"
    browser.follow(browser.submit(address, action=f"{address}/{second.id}/retire"))
    assert [question.id for question in queries.questions_of(network.id)] == [first.id]
    assert browser.get(address).status_code == 200


def test_an_answered_question_keeps_its_words_with_its_answers(as_person: Browser) -> None:
    coordinator = make_person()
    network = make_network(coordinators=(coordinator,))
    question = make_question(network, "Kto?")
    membership = make_application(network)
    browser = as_person(coordinator)
    address = f"/pl/networks/{network.slug}/questions/{question.id}"
    browser.follow(browser.submit(address, {"text": "Ile osób?"}))
    assert [answer.question.text.source for answer in queries.answers_of(membership.id)] == ["Kto?"]
    assert [asked.question.text.source for asked in queries.questions_of(network.id)] == ["Ile osób?"]


def test_a_stale_question_shows_both_versions(as_person: Browser) -> None:
    coordinator = make_person()
    network = make_network(coordinators=(coordinator,))
    question = make_question(network, "Kto?")
    browser = as_person(coordinator)
    address = f"/pl/networks/{network.slug}/questions/{question.id}"
    old_tab = browser.get(address)
    browser.follow(browser.submit(address, {"text": "Ile osób?"}))
    stale = browser.submit(old_tab, {"text": "Skąd?"})
    assert stale.status_code == 409
    assert "Ile osób?" in stale.text and "Skąd?" in stale.text
    assert browser.submit(stale, {"text": "Skąd?"}).status_code == 303


def test_question_that_was_retired_meanwhile_is_not_changed(app: Flask) -> None:
    by = make_person()
    question = make_question(make_network(coordinators=(by,)), "Kto?")
    services.retire_question(question, by=by)
    retired = refreshed(question.question)
    with pytest.raises(Conflict):
        services.change_question(
            question, version=retired.row_version, language="pl", by=by,
            text="Co?", hint="", required=True, most_words=None, most_letters=None,
        )  # fmt: skip
    assert refreshed(retired).text.source == "Kto?"


def test_who_has_no_organisation_is_told_the_next_step(as_person: Browser) -> None:
    network = make_network()
    assert "/account" in as_person(make_person()).get(f"/bg/networks/{network.slug}/apply").text

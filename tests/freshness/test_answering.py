"""The answer to the mail: a page that shows the data, one press, and nothing that a scanner of mails can do."""

import re
from typing import Any

import pytest
from flask import Flask

from portal.freshness import services
from portal.ground import clock
from portal.ground.db import db
from portal.organisations import services as profiles
from portal.organisations.models import OrganisationStatus
from tests.factories.freshness import aged
from tests.factories.organisations import fresh, make_member, make_organisation, role_of
from tests.factories.people import make_person
from tests.fixtures.pages import Outbox

LINK = re.compile(r"http://\S+?(/(?:pl|bg|en)/confirmations/\S+)")


def asked(outbox: Outbox, locale: str = "bg", **fields: Any) -> tuple[Any, Any, str, str]:
    """(organisation, owner, path of the link, text of the mail) of a profile that is a year old."""
    owner = make_person("Яна", "yana@example.org", locale=locale)
    organisation = aged(make_organisation(owner, **fields), 370)
    outbox.deliver()
    services.ask_all()
    (message,) = outbox.deliver()
    text = outbox.text(message)
    found = LINK.search(text)
    assert found is not None
    return organisation, owner, found.group(1), text


def test_the_mail_has_the_data_both_pages_and_the_way_to_end_such_mails(app: Flask, outbox: Outbox) -> None:
    _organisation, _owner, path, text = asked(
        outbox, country="BG", language="bg", name="Читалище „Искра“", founded_year=1871, website="https://iskra.example.org",
        contacts=[("email", "iskra@example.org", "public"), ("phone", "+359 431 12345", "private")],
    )  # fmt: skip
    for words in (
        "Читалище „Искра“", "Казанлък", "Стара Загора", "1871", "https://iskra.example.org", "iskra@example.org",
        "+359 431 12345", "Потвърждаване, че всичко е вярно", "Не е нужен вход", "/edit",
    ):  # fmt: skip
        assert words in text, words
    assert path.startswith("/bg/")
    assert not re.search("[a-z]+ confirmed", text)
    message = outbox.messages[-1]
    facts = message.get_body(("html",)).get_content().partition("<ul>")[2].partition("</ul>")[0]
    assert facts.count("<li>") == 9  # all of them stand in one list, and nothing else does
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_scanners_follow_the_link_and_change_nothing(app: Flask, outbox: Outbox, client: Any) -> None:
    organisation, _owner, path, _text = asked(outbox)
    before = fresh(organisation)
    known = before.confirmed_at, before.row_version
    for _ in range(3):
        page = client.get(path)
        assert page.status_code == 200
        assert client.head(path).status_code == 200
    assert "Вярно ли е всичко по-горе?" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    after = fresh(organisation)
    assert (after.confirmed_at, after.row_version) == known


def test_one_press_without_signing_in_confirms_and_says_so(app: Flask, outbox: Outbox, client: Any) -> None:
    organisation, owner, path, _text = asked(outbox)
    version = fresh(organisation).row_version
    with clock.frozen(clock.now()):
        answer = client.submit(path)
        assert answer.status_code == 303
        page = client.get(path).text
        now = fresh(organisation)
        assert now.confirmed_at == clock.now()
    assert now.row_version == version
    assert "Всичко е потвърдено" in page
    assert "Вярно ли е всичко по-горе?" not in page
    from portal.ground.audit import AuditEntry

    entry = db.session.query(AuditEntry).order_by(AuditEntry.number.desc()).first()
    assert entry is not None
    assert (entry.verb, entry.actor_id) == ("organisation.confirmed", owner.id)


@pytest.mark.parametrize("what", ["role", "hidden", "closed"])
def test_the_link_is_dead_once_its_person_may_not_confirm(app: Flask, outbox: Outbox, client: Any, what: str) -> None:
    organisation, owner, path, _text = asked(outbox)
    page = client.get(path)
    other = make_member(organisation, "owner")
    if what == "role":
        profiles.end_role(role_of(organisation, owner), by=other)
    elif what == "hidden":
        profiles.change_status(organisation, OrganisationStatus.HIDDEN, by=other)
    else:
        profiles.close(organisation, last_day=clock.today("Europe/Warsaw"), by=other)
    known = fresh(organisation).confirmed_at
    assert client.submit(page, action=path).status_code == 404
    assert client.get(path).status_code == 404
    assert fresh(organisation).confirmed_at == known


def test_the_profile_says_to_everybody_when_it_was_confirmed(app: Flask, client: Any, frozen_clock: Any) -> None:
    organisation = aged(make_organisation(name="Koło Lipa"), 100)
    page = client.get(f"/en/organisations/{organisation.slug}").text.replace("\xa0", " ")
    assert "Details confirmed: 13 August 2026" in page
    aged(organisation, 600)
    services.ask_all()
    shown = client.get(f"/en/organisations/{organisation.slug}")
    assert shown.status_code == 200
    assert "Not in the list of organisations" in shown.text


def test_a_dormant_profile_is_found_by_words_with_a_mark_and_by_its_filter_and_not_in_the_list(
    app: Flask, client: Any
) -> None:
    aged(make_organisation(name="Koło Śpiochów"), 600)
    aged(make_organisation(name="Koło Zaspanych"), 450)
    make_organisation(name="Koło Żwawych")
    services.ask_all()
    plain = client.get("/pl/organisations").text
    assert "Śpiochów" not in plain
    assert plain.index("Zaspanych") < plain.index("Żwawych")  # what is only old keeps its place
    words = client.get("/pl/organisations?q=kolo").text
    main, _heading, aside = words.partition("Znalezione poza listą")
    assert "kolo-spiochow" not in main
    assert "kolo-spiochow" in aside
    assert "Poza listą organizacji: dane niepotwierdzone od" in aside
    only = client.get("/pl/organisations?state=dormant").text
    assert "Śpiochów" in only
    assert "Żwawych" not in only
    whole = client.get("/pl/search?q=spioch").text
    assert "/pl/organisations/kolo-spiochow" in whole
    assert "· Poza listą" in whole


def test_a_network_says_how_many_members_confirmed_this_year(
    app: Flask, client: Any, frozen_clock: Any, count_queries: Any
) -> None:
    from portal.membership import queries
    from portal.organisations.words import year_began
    from tests.factories.networks import make_application, make_network

    network = make_network(coordinators=(make_person(),))
    for days in (10, 20, 400, 600):
        owner = make_person()
        organisation = make_organisation(owner)
        make_application(network, organisation, owner, status="active")
        aged(organisation, days)
    services.ask_all()
    page = client.get(f"/en/networks/{network.slug}").text
    assert "Details confirmed this year: 2 of 4" in page
    number = network.id
    with count_queries() as counted:
        assert queries.confirmed_members(number, year_began()) == 2
    assert len(counted) == 1

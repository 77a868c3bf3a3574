"""Contacts of an organisation: each is seen by whom it is meant for, and none leaves the database for anybody else."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from portal.ground import clock
from portal.ground.authz import NotAllowed
from portal.ground.db import db
from portal.organisations import queries, services
from portal.organisations.models import Contact, Organisation, Visibility
from portal.organisations.nearness import Nearness
from portal.organisations.policies import nearness
from portal.organisations.services import ContactLine
from tests.factories.networks import make_application, make_network, make_review
from tests.factories.organisations import fresh, make_member, make_organisation, set_contacts
from tests.factories.people import make_administrator, make_person
from tests.support import markup

SEEN = [str(one) for one in Visibility]
FIVE = [("email", f"{seen}@lipa.example.org", seen) for seen in SEEN]
PAGE = "/en/organisations/lipa"
EDIT = f"{PAGE}/edit/contacts"


def shown(text: str) -> list[str]:
    return [seen for seen in SEEN if f"{seen}@lipa.example.org" in text]


def somebody(who: str) -> tuple[Organisation, Any]:
    """An organisation with five contacts, and somebody who stands in this way to it."""
    owner, coordinator = make_person(), make_person()
    organisation = make_organisation(owner, name="Lipa", contacts=FIVE)
    network = make_network(coordinators=(coordinator,))
    make_application(network, owner=owner, organisation=organisation, status="active")
    others = {state: make_person() for state in ("active", "submitted", "resigned")}
    there = {
        state: make_organisation(person, name=f"Klon {number}") for number, (state, person) in enumerate(others.items())
    }
    for state, person in others.items():
        make_application(network, owner=person, organisation=there[state], status=state)
    people: dict[str, Callable[[], Any]] = {
        "visitor": lambda: None, "registered": make_person, "administrator": make_administrator,
        "owner": lambda: owner, "coordinator": lambda: coordinator,
        "coordinator of another network": lambda: _elsewhere(),
        "member": lambda: make_member(there["active"], "representative"), "member's author": lambda: make_member(
            there["active"], "author"
        ),
        "member that has left": lambda: others["resigned"], "applicant": lambda: others["submitted"],
    }  # fmt: skip
    made = people[who]() if who in people else make_member(organisation, who)
    return fresh(organisation), made


def _elsewhere() -> Any:
    person = make_person()
    make_network("Inna sieć", coordinators=(person,))
    return person


# Who sees which contacts, by what somebody is: the roles of the portal and those who are nearly one of them.
SEES: dict[str, set[str]] = {
    "visitor": {"public"},
    "registered": {"public", "registered"},
    "administrator": {"public", "registered"},
    "member that has left": {"public", "registered"},
    "applicant": {"public", "registered"},
    "coordinator of another network": {"public", "registered"},
    "member": {"public", "registered", "network"},
    "member's author": {"public", "registered", "network"},
    "coordinator": {"public", "registered", "network", "coordinators"},
    **{role: set(SEEN) for role in ("owner", "editor", "author", "translator", "representative")},
}


@pytest.mark.both_engines
@pytest.mark.parametrize("who", SEES)
def test_page_holds_the_contacts_that_are_meant_for_its_reader(
    app: Any, as_person: Any, count_queries: Any, who: str
) -> None:
    organisation, person = somebody(who)
    assert set(shown(as_person(person).get(PAGE).text)) == SEES[who]
    assert organisation.id and (person is None or person.id)  # read before what is counted
    with count_queries() as seen:
        near = nearness(person, organisation)
        found = queries.contacts_seen(organisation, near)
    assert {one.visibility for one in found.shown} == SEES[who]
    assert {visibility for visibility in SEEN if near.sees(visibility)} == SEES[who]
    assert len(seen) <= 3, seen  # roles, networks, contacts


@pytest.mark.both_engines
@pytest.mark.parametrize("near", Nearness)
def test_hidden_contacts_do_not_leave_the_database(app: Any, near: Nearness) -> None:
    organisation = make_organisation(contacts=FIVE)
    assert len(db.session.scalars(sa.select(Contact.value)).all()) == 5
    values = {"numbers": [organisation.id], "seen": list(near.seen), "now": clock.now(), "registered": True}
    for statement in (queries.contacts.seen_rows(), queries.seen._rows()):
        with db.engine.connect() as connection:
            rows = list(connection.execute(statement, values))
        assert shown(repr(rows)) == SEEN[: near + 1]


def test_coordinators_see_whom_a_profile_for_review_leads_to(app: Any) -> None:
    owner, coordinator = make_person(), make_person()
    network = make_network(coordinators=(coordinator,))
    draft = make_organisation(owner, status="draft", contacts=FIVE)
    assert nearness(coordinator, draft) == Nearness.REGISTERED
    make_review(owner, network, draft)
    assert nearness(coordinator, draft) == Nearness.COORDINATORS


def test_visitor_is_led_to_log_in_for_more_and_back(client: Any) -> None:
    make_organisation(name="Lipa", contacts=[("email", "biuro@lipa.example.org", "registered")])
    page = client.get(PAGE).text
    assert "biuro@lipa" not in page
    assert "People with an account see more contacts." in page
    assert f'/en/account/sign-in?next={PAGE}"' in page


def test_nobody_is_told_of_a_contact_for_its_own_people(client: Any) -> None:
    make_organisation(name="Lipa", contacts=[("phone", "+48 42 111 22 33", "private")])
    page = client.get(PAGE).text
    assert "more contacts" not in page and "+48" not in page


def test_public_contacts_are_links_with_notes_in_their_language(client: Any) -> None:
    make_organisation(name="Lipa", contacts=[
        ("email", "biuro@lipa.example.org", "public", "Sekretariat"), ("phone", "+48 42 111 22 33", "public"),
        ("address", "ul. Lipowa 1", "public"), ("other", "Signal: lipa.01", "public"),
    ])  # fmt: skip
    page = client.get(PAGE).text
    assert 'href="mailto:biuro@lipa.example.org"' in page
    assert 'href="tel:+48421112233"' in page
    assert '<span lang="pl">Sekretariat</span>' in page
    assert "ul. Lipowa 1" in page and "Signal: lipa.01" in page


def test_lines_are_added_written_moved_and_removed_without_a_script(app: Any, as_person: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner, name="Lipa")
    browser = as_person(owner)
    page = browser.get(EDIT)
    assert 'name="value_2"' not in page.text
    more = browser.submit(page, {"value_1": "a@example.org"}, button="act=add")
    assert more.status_code == 422 and "a@example.org" in more.text and 'name="value_2"' in more.text
    assert not queries.contacts_of(fresh(organisation))
    sent = {"kind_2": "phone", "value_2": "42 111 22 33", "visibility_2": "network", "label_2": "Po 17"}
    assert browser.submit(more, sent).status_code == 303
    stored = queries.contacts_of(fresh(organisation))
    assert [(one.kind, one.value, one.visibility) for one in stored] == [
        ("email", "a@example.org", "public"), ("phone", "42 111 22 33", "network"),
    ]  # fmt: skip
    browser.submit(EDIT, {"place_2": "1"})
    stored = queries.contacts_of(fresh(organisation))
    assert [one.value for one in stored] == ["42 111 22 33", "a@example.org"]
    browser.submit(EDIT, {"remove_2": "y"})
    (left,) = queries.contacts_of(fresh(organisation))
    assert left.value == "42 111 22 33" and left.label is not None and left.label.get("pl") == "Po 17"


def test_note_is_translated_and_kept_when_its_contact_moves(app: Any, as_person: Any) -> None:
    owner = make_person()
    organisation = make_organisation(
        owner,
        name="Lipa",
        contacts=[("email", "a@example.org", "public", "Biuro"), ("email", "b@example.org", "public")],
    )
    browser = as_person(owner)
    browser.submit(f"{EDIT}?text=bg", {"label_1": "Офис", "place_1": "2"})
    moved = queries.contacts_of(fresh(organisation))[1]
    assert moved.value == "a@example.org" and moved.label is not None
    assert (moved.label.get("pl"), moved.label.get("bg")) == ("Biuro", "Офис")


def test_everything_wrong_is_told_at_once_and_nothing_typed_is_lost(app: Any, as_person: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner, name="Lipa", contacts=FIVE[1:4])
    answer = as_person(owner).submit(EDIT, {
        "value_1": "nobody", "kind_2": "phone", "value_2": "<svg onload=1>", "value_3": "", "kind_4": "fax",
        "value_4": "x" * 5000, "visibility_4": "private", "contact_form": None,
    })  # fmt: skip
    assert answer.status_code == 422
    for sentence in (
        "does not look like an e-mail address", "does not look like a telephone number", "Enter the contact, or tick",
        "Choose one of the answers.", "too long", "the form has to stay",
    ):  # fmt: skip
        assert sentence in answer.text, sentence
    assert 'value="nobody"' in answer.text and "&lt;svg onload=1&gt;" in answer.text
    assert [one.value for one in queries.contacts_of(fresh(organisation))] == [value for _, value, _ in FIVE[1:4]]


def test_the_same_contact_twice_and_an_eleventh_are_refused(app: Any, as_person: Any) -> None:
    owner = make_person()
    make_organisation(owner, name="Lipa", contacts=[("phone", "+48 42 111 22 33", "public")])
    twice = as_person(owner).submit(EDIT, {"kind_2": "phone", "value_2": "+48421112233"})
    assert twice.status_code == 422 and "stands in the list twice" in twice.text
    lines = [ContactLine(row, "email", f"a{row}@example.org", "public") for row in range(1, 12)]
    (fault,) = services.contact_faults(lines, contact_form=True)
    assert "at most ten" in str(fault.reason)


def test_form_leaves_only_where_everybody_sees_a_contact(app: Any, as_person: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner, name="Lipa", contacts=FIVE[1:])
    browser = as_person(owner)
    assert browser.submit(EDIT, {"contact_form": None}).status_code == 422
    assert fresh(organisation).contact_form
    assert browser.submit(EDIT, {"contact_form": None, "visibility_1": "public"}).status_code == 303
    assert not fresh(organisation).contact_form


def test_second_of_two_writers_sees_what_the_first_has_saved(app: Any, as_person: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner, name="Lipa", contacts=FIVE[:1])
    browser = as_person(owner)
    page = browser.get(EDIT)
    set_contacts(organisation, owner, ("email", "other@example.org", "network"))
    answer = browser.submit(page, {"value_1": "mine@example.org"})
    assert answer.status_code == 409
    assert "other@example.org" in answer.text and "mine@example.org" in answer.text
    assert browser.submit(answer, {}).status_code == 303
    assert [one.value for one in queries.contacts_of(fresh(organisation))] == ["mine@example.org"]


def test_texts_that_are_being_written_are_not_stale_when_contacts_change(app: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    before = (organisation.row_version, organisation.confirmed_at)
    set_contacts(organisation, owner, *FIVE)
    after = fresh(organisation)
    assert after.row_version == before[0]
    assert after.confirmed_at is not None and after.confirmed_at > before[1]  # type: ignore[operator]


def test_whose_right_has_ended_saves_nothing(app: Any) -> None:
    organisation = make_organisation(contacts=FIVE)
    with pytest.raises(NotAllowed):
        set_contacts(organisation, make_person())
    assert len(queries.contacts_of(fresh(organisation))) == 5


@pytest.mark.parametrize("near", ["visitor", "registered", "network", "coordinators"])
def test_owner_sees_the_page_as_others_do(app: Any, as_person: Any, near: str) -> None:
    organisation, _person = somebody("visitor")
    owner = make_member(organisation, "owner")
    draws = {"visitor": "visitor", "registered": "registered", "network": "member", "coordinators": "coordinator"}
    page = as_person(owner).get(f"{PAGE}/who-sees?near={near}").text
    assert set(shown(page)) == SEES[draws[near]]
    assert "This is how others see the profile" in page
    for own in ("Only those who write this profile", "All is correct", "/edit/contacts"):
        assert own not in page


def test_table_says_of_every_contact_who_sees_it(app: Any, as_person: Any) -> None:
    owner = make_person()
    make_organisation(owner, name="Lipa", contacts=FIVE)
    table = next(iter(markup.parsed(as_person(owner).get(f"{PAGE}/who-sees").text).all("tbody")))
    cells = [["does not" not in markup.text_of(cell) for cell in row if markup.tag_of(cell) == "td"] for row in table]
    assert cells == [[near >= first for near in range(5)] for first in range(5)]


def test_who_may_not_edit_does_not_look_through_others_eyes(app: Any, as_person: Any) -> None:
    organisation, member = somebody("member")
    for person in (member, make_member(organisation, "translator")):
        answer = as_person(person).get(f"{PAGE}/who-sees?near=coordinators")
        assert answer.status_code == 403 and "coordinators@" not in answer.text

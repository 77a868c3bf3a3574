"""Two people of two organisations, or a patron: who may stand behind a group, and what is said to everybody else."""

from typing import Any

import pytest

from portal.ground.errors import Conflict, Refusal
from portal.membership.services import publish_profile
from portal.trust import queries, services
from portal.trust.services.support import MISSING, NO_VOICE, OWN, PATRON
from tests.factories.networks import make_application, make_network, make_review
from tests.factories.organisations import fresh, make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.factories.trust import make_group, make_patronage, make_request, make_vouch, make_voucher

pytestmark = pytest.mark.usefixtures("app")


def test_a_group_is_sent_for_review_once_two_people_of_two_organisations_vouch_for_it() -> None:
    owner, administrator = make_person(), make_administrator()
    group = make_group(owner, status="draft")
    for _ in range(2):
        with pytest.raises(Refusal) as refused:
            make_review(owner, organisation=group)
        assert str(refused.value.reason) == str(MISSING)
        assert fresh(group).status == "draft"
        make_vouch(group, owner)
    review = make_review(owner, organisation=group)
    publish_profile(review, version=review.organisation.row_version, by=administrator)
    assert fresh(group).status == "published"


def test_a_patron_that_accepted_is_enough_and_one_that_was_only_asked_is_not(outbox: Any) -> None:
    owner = make_person()
    group = make_group(owner, status="draft")
    asked, boss = make_patronage(group, owner)
    outbox.deliver()
    assert "/patronages/" in outbox.paths(outbox.to(str(boss.email))[0])[0]
    with pytest.raises(Refusal):
        make_review(owner, organisation=group)
    services.accept_patronage(asked, by=boss)
    make_review(owner, organisation=group)


def test_a_group_that_lost_its_support_while_it_waited_is_not_published() -> None:
    owner, administrator = make_person(), make_administrator()
    group = make_group(owner, status="draft")
    asked, boss = make_patronage(group, owner)
    services.accept_patronage(asked, by=boss)
    review = make_review(owner, organisation=group)
    services.end_patronage(asked, reason="Kończymy.", by=boss)
    with pytest.raises(Refusal) as refused:
        publish_profile(review, version=fresh(group).row_version, by=administrator)
    assert str(refused.value.reason) == str(MISSING)
    assert fresh(group).status == "pending"


def test_a_registered_organisation_needs_nobody() -> None:
    assert make_review(make_person()).organisation.status == "pending"


def refused_vouch(group: Any, owner: Any, person: Any, via: Any) -> str:
    request = make_request(group, owner, f"prosba{person.id}@example.org")
    with pytest.raises(Refusal) as refused:
        services.vouch(request, via_id=via.id, by=person)
    assert not queries.has_support(group.id)
    return str(refused.value.reason)


def test_nobody_vouches_for_a_group_of_their_own() -> None:
    owner, (person, via) = make_person(), make_voucher()
    group = make_group(owner)
    make_member(group, "translator", person)
    assert refused_vouch(group, owner, person, via) == str(OWN)


def test_an_informal_group_cannot_vouch_so_there_is_no_circle() -> None:
    owner, other, coordinator = make_person(), make_person(), make_person()
    first, second = make_group(owner), make_group(other)
    make_application(make_network(coordinators=(coordinator,)), second, other, status="active")
    assert "informal group cannot vouch" in refused_vouch(first, owner, other, second)
    assert queries.speaks_for(other) == []


@pytest.mark.parametrize("which", ["no network", "not published", "not a voice", "nothing"])
def test_only_a_voice_of_a_member_organisation_vouches(which: str) -> None:
    owner, person = make_person(), make_person()
    group, via = (
        make_group(owner),
        make_organisation(person, status="hidden" if which == "not published" else "published"),
    )
    if which == "not a voice":
        _boss, via = make_voucher()
        make_member(via, "editor", person)
    elif which == "nothing":
        via = make_organisation()
    assert refused_vouch(group, owner, person, via) == str(NO_VOICE)


def test_a_representative_vouches_like_an_owner() -> None:
    owner, (_boss, via) = make_person(), make_voucher()
    group = make_group(owner)
    person = make_member(via, "representative")
    services.vouch(make_request(group, owner), via_id=via.id, by=person)
    assert [one.via_id for one, _person in queries.vouches_of(group.id)] == [via.id]


def test_the_second_vouch_comes_from_another_person_and_another_organisation() -> None:
    owner, network = make_person(), make_network(coordinators=(make_person(),))
    group, (person, via) = make_group(owner), make_voucher(network)
    services.vouch(make_request(group, owner), via_id=via.id, by=person)
    colleague = make_member(via, "owner")
    assert "another one" in refused_vouch(group, owner, colleague, via)
    second = make_organisation(person)
    make_application(network, second, person, status="active")
    assert refused_vouch(group, owner, person, second) == "You vouch for this group already."


def test_a_link_is_good_for_one_vouch() -> None:
    owner, (person, via), (other, second) = make_person(), make_voucher(), make_voucher()
    group = make_group(owner)
    request = make_request(group, owner)
    services.vouch(request, via_id=via.id, by=person)
    with pytest.raises(Conflict):
        services.vouch(request, via_id=second.id, by=other)


def test_a_patron_is_registered_published_and_not_the_group_itself() -> None:
    owner = make_person()
    group = make_group(owner)
    hidden, informal = make_organisation(status="hidden"), make_group()
    for typed in (hidden.slug, informal.slug, "nie-ma-takiej", "https://example.org/", "?", "x" * 5000, group.slug):
        with pytest.raises(Refusal) as refused:
            services.ask_patron(group, patron=typed, by=owner)
        assert refused.value.field == "patron"
        assert str(refused.value.reason) == str(PATRON)
    patron = make_organisation()
    services.ask_patron(group, patron=f"https://example.org/pl/organisations/{patron.slug}/?a=1#b", by=owner)
    with pytest.raises(Conflict):
        services.ask_patron(group, patron=patron.slug, by=owner)


def test_whoever_belongs_to_the_group_does_not_accept_for_the_patron() -> None:
    owner = make_person()
    group = make_group(owner)
    patron = make_organisation(owner)
    asked = services.ask_patron(group, patron=patron.slug, by=owner)
    with pytest.raises(Refusal) as refused:
        services.accept_patronage(asked, by=owner)
    assert "Another owner of the patron" in str(refused.value.reason)
    services.accept_patronage(asked, by=make_member(patron, "owner"))
    assert queries.has_support(group.id)


def test_the_voucher_opens_the_link_reads_the_draft_and_vouches(as_person: Any, client: Any, outbox: Any) -> None:
    owner, (person, via) = make_person("Olga"), make_voucher()
    group = make_group(owner, name="Grupa Ławka", status="draft")
    browser = as_person(owner)
    page = f"/pl/organisations/{group.slug}/trust/vouches"
    assert browser.submit(page, {"email": "Sasiadka@Example.org"}).status_code == 303
    outbox.deliver()
    (mail,) = outbox.to("Sasiadka@example.org")
    (path,) = [one for one in outbox.paths(mail) if "/vouches/" in one]
    visited = client.get(path)
    assert "Grupa Ławka" in visited.text
    assert "/account/sign-in?next=" in visited.text
    assert not queries.vouches_of(group.id), "a scanner follows links"
    assert as_person(make_person()).get(path).status_code == 200
    voucher = as_person(person)
    assert voucher.submit(path, {"via": str(via.id)}, action=path).status_code == 303
    assert [who.id for _vouch, who in queries.vouches_of(group.id) if who] == [person.id]
    assert voucher.get(path).status_code == 404
    told = browser.get(f"/pl/organisations/{group.slug}/trust").text
    assert str(via.name.source) in told


def test_the_profile_names_the_organisations_with_the_day_and_nobody_by_name(client: Any) -> None:
    owner = make_person()
    group = make_group(owner)
    given = make_vouch(group, owner)
    asked, boss = make_patronage(group, owner)
    services.accept_patronage(asked, by=boss)
    page = client.get(f"/pl/organisations/{group.slug}").text
    backers = queries.backers_of(group.id)
    assert {one.is_patron for one in backers} == {True, False}
    assert all(f"/pl/organisations/{one.slug}" in page for one in backers)
    assert str(given.given_at.year) in page
    assert "Poręczająca Osoba" not in page
    assert "Osoba Patrona" not in page


def test_who_asks_many_is_stopped() -> None:
    owner = make_person()
    group = make_group(owner)
    for number in range(10):
        make_request(group, owner, f"osoba{number}@example.org")
    with pytest.raises(Refusal) as refused:
        make_request(group, owner, "jeszcze@example.org")
    assert refused.value.status == 429


def test_a_person_is_asked_once() -> None:
    owner = make_person()
    group = make_group(owner)
    make_request(group, owner, "Ktos@example.org")
    with pytest.raises(Refusal) as refused:
        make_request(group, owner, "ktos@Example.org")
    assert refused.value.field == "email"

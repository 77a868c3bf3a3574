"""Two profiles become one: who stands behind the lost one stands behind the kept one, and nothing is said twice."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from portal.ground.db import db
from portal.merging import services as merging
from portal.merging.queries import Pair
from portal.organisations import services as organisations
from portal.trust import queries, services
from portal.trust.models import CheckKind, GroupLife, Registering
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import fresh, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.factories.trust import (
    make_claim,
    make_group,
    make_orphan,
    make_patronage,
    make_request,
    make_vouch,
    make_voucher,
)

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.both_engines]


def merge(kept: Any, lost: Any, by: Any, *taken: str) -> None:
    pair = Pair(fresh(kept), fresh(lost))
    versions = {"kept_version": pair.kept.row_version, "lost_version": pair.lost.row_version}
    merging.merge(pair, by=by, taken=taken, **versions)
    db.session.rollback()


def two_groups() -> tuple[Any, Any, Any]:
    owner = make_person()
    return owner, make_group(owner, name="Grupa Lipa"), make_group(owner, name="Lipa nieformalna")


def voices(group: Any) -> list[int]:
    return [one.via_id for one, _person in queries.vouches_of(group.id)]


def test_one_vouch_for_each_of_both_are_the_two_that_the_kept_group_needs() -> None:
    owner, kept, lost = two_groups()
    first, second = make_vouch(kept, owner), make_vouch(lost, owner)
    merge(kept, lost, owner)
    assert voices(kept) == [first.via_id, second.via_id]
    assert queries.has_support(kept.id)
    assert voices(lost) == []


def test_two_vouches_of_one_organisation_or_of_one_person_count_once() -> None:
    owner, kept, lost = two_groups()
    network = make_network(coordinators=(make_person(),))
    person, via = make_voucher(network)
    other = make_organisation(person)
    make_application(network, other, person, status="active")
    boss = make_person()
    organisations.grant_role(via, to=boss, role="owner", by=person)
    services.vouch(make_request(kept, owner, str(person.email)), via_id=via.id, by=person)
    services.vouch(make_request(lost, owner, str(boss.email)), via_id=via.id, by=boss)
    merge(kept, lost, owner)
    assert voices(kept) == [via.id], "one organisation spoke for both"
    third = make_group(owner, name="Lipa trzecia")
    services.vouch(make_request(third, owner, str(person.email)), via_id=other.id, by=person)
    merge(kept, third, owner)
    assert voices(kept) == [via.id], "one person spoke for both"
    assert not queries.has_support(kept.id)


def test_whoever_belongs_to_the_kept_group_now_vouches_for_it_no_more() -> None:
    owner, kept, lost = two_groups()
    made = make_vouch(kept, owner)
    voucher = db.session.scalars(sa.select(type(made)).where(type(made).id == made.id)).one().person_id
    person = next(one for _vouch, one in queries.vouches_of(kept.id) if one is not None and one.id == voucher)
    organisations.grant_role(lost, to=person, role="editor", by=owner)
    merge(kept, lost, owner)
    assert voices(kept) == []


def test_what_the_lost_organisation_said_of_groups_is_said_by_the_kept_one(client: Any) -> None:
    owner, group = make_person(), None
    group = make_group(owner, name="Grupa Wierzba")
    made, boss = make_patronage(group, owner)
    services.accept_patronage(made, by=boss)
    patron = fresh(queries.patronages_of(group.id)[0].patron)
    kept = make_organisation(boss, name="Stowarzyszenie Dąb")
    merge(kept, patron, boss)
    assert [one.patron_id for one in queries.patronages_of(group.id)] == [kept.id]
    assert queries.has_support(group.id)
    assert "Stowarzyszenie Dąb" in client.get(f"/pl/organisations/{group.slug}").text.replace("\xa0", " ")


def test_of_an_accepted_and_an_asked_patronage_the_accepted_one_stays() -> None:
    owner, kept, lost = two_groups()
    boss = make_person()
    patron = make_organisation(boss)
    services.ask_patron(kept, patron=patron.slug, by=owner)
    services.accept_patronage(services.ask_patron(lost, patron=patron.slug, by=owner), by=boss)
    merge(kept, lost, owner)
    assert [one.accepted_at is not None for one in queries.patronages_of(kept.id)] == [True]
    assert queries.has_support(kept.id)


def test_nobody_is_their_own_patron_after_a_merge() -> None:
    owner = make_person()
    group, boss = make_group(owner, name="Grupa Olcha"), make_person()
    patron = make_organisation(boss)
    organisations.grant_role(patron, to=owner, role="owner", by=boss)
    services.accept_patronage(services.ask_patron(group, patron=patron.slug, by=owner), by=boss)
    merge(patron, group, owner)
    assert queries.patronages_of(patron.id) == queries.patronages_of(group.id) == []


def test_request_for_the_lost_group_is_answered_for_the_kept_one(client: Any, as_person: Any, outbox: Any) -> None:
    owner, kept, lost = two_groups()
    person, via = make_voucher()
    make_request(lost, owner, str(person.email))
    outbox.deliver()
    path = next(one for letter in outbox.to(str(person.email)) for one in outbox.paths(letter) if "/vouches/" in one)
    merge(kept, lost, owner)
    assert "Grupa Lipa" in client.get(path).text.replace("\xa0", " ")
    request = queries.requests_of(kept.id)[0]
    services.vouch(request, via_id=via.id, by=person)
    assert voices(kept) == [via.id]


def test_whoever_was_asked_for_both_answers_once() -> None:
    owner, kept, lost = two_groups()
    for group in (kept, lost):
        make_request(group, owner, "ktos@example.org")
    merge(kept, lost, owner)
    assert [one.email for one in queries.requests_of(kept.id)] == ["ktos@example.org"]
    assert queries.requests_of(lost.id) == []


@pytest.mark.parametrize("language", ["pl", "bg", "en"])
def test_claimant_of_the_lost_profile_is_told_which_one_stays(outbox: Any, as_person: Any, language: str) -> None:
    words = {"pl": "połączono z innym profilem", "bg": "беше обединен с друг профил", "en": "has become one"}
    lost, claimant, team = make_orphan(), make_person(locale=language), make_administrator()
    kept = make_organisation(name="Fundacja Która Zostaje")
    claim = make_claim(lost, claimant)
    merge(kept, lost, team)
    found = queries.claim(claim.id)
    assert found is not None
    assert found.status == "refused"
    assert queries.owners(kept.id)[0].id != claimant.id
    outbox.deliver()
    letters = [outbox.text(one).replace("\xa0", " ") for one in outbox.to(str(claimant.email))]
    assert any(words[language] in one and "Fundacja Która Zostaje" in one for one in letters), letters
    assert as_person(claimant).get(f"/{language}/claims/{claim.id}").status_code == 200


def test_new_number_of_the_kept_profile_drops_what_was_checked_of_the_old_one() -> None:
    owner, team = make_person(), make_administrator()
    kept, lost = make_organisation(owner, krs="0000123456"), make_organisation(owner, krs="0000654321")
    services.check(kept, kind=CheckKind.REGISTER_NUMBER, by=team)
    other = make_organisation(owner)
    merge(kept, other, owner)
    checked = queries.latest_check(kept.id, CheckKind.REGISTER_NUMBER)
    assert checked is not None
    assert checked.dropped_at is None, "nothing that a register says has changed"
    merge(kept, lost, owner, "krs")
    checked = queries.latest_check(kept.id, CheckKind.REGISTER_NUMBER)
    assert checked is not None
    assert checked.dropped_at is not None


def test_group_that_takes_in_its_registered_profile_is_registered_and_keeps_its_past() -> None:
    owner = make_person()
    group = make_group(owner, name="Grupa Jesion")
    registered = make_organisation(owner, name="Stowarzyszenie Jesion", krs="0000123456")
    services.ask_registering(
        group, legal_form=registered.legal_form, numbers={"krs": "0000654321"}, by=owner
    )  # fmt: skip
    merge(group, registered, owner, "legal_form", "krs")
    assert not fresh(group).informal
    assert db.session.get_one(GroupLife, group.id).informal_until is not None
    assert queries.open_registering(group.id) is None


def test_open_question_whether_the_lost_group_is_registered_ends() -> None:
    owner, kept, lost = two_groups()
    asked = services.ask_registering(
        lost, legal_form=make_organisation().legal_form, numbers={"krs": "0000654321"}, by=owner
    )
    merge(kept, lost, owner)
    row = db.session.get_one(Registering, asked.id)
    assert (row.decided_at is not None, row.accepted) == (True, False)


def test_page_says_beforehand_how_many_go_over(as_person: Any) -> None:
    owner, kept, lost = two_groups()
    make_vouch(lost, owner)
    page = as_person(owner).get(f"/en/organisations/{kept.slug}/merge/{lost.slug}")
    assert "1 vouch or patronage goes over." in page.text.replace("\xa0", " ")


DAY, LATER = dt.date(2027, 8, 31), dt.date(2027, 9, 30)


@pytest.mark.parametrize(("kept_day", "said"), [(None, True), (LATER, True), (DAY, False)])
def test_kept_group_has_its_own_last_day_or_none_and_the_page_says_so(
    as_person: Any, kept_day: dt.date | None, said: bool
) -> None:
    owner, kept, lost = two_groups()
    services.set_end(lost, ends_on=DAY, by=owner)
    if kept_day:
        services.set_end(kept, ends_on=kept_day, by=owner)
    browser = as_person(owner)
    words = {
        "en": "The last day of the group (31 August 2027) does not go over",
        "pl": "Ostatni dzień grupy (31 sierpnia 2027) nie przejdzie",
        "bg": "Последният ден на групата (31 август 2027 г.) не преминава",
    }
    for language, sentence in words.items():
        page = browser.get(f"/{language}/organisations/{kept.slug}/merge/{lost.slug}").text
        assert (sentence in " ".join(page.split())) is said, language
    merge(kept, lost, owner)
    assert queries.standing(kept.id).ends_on == kept_day
    assert queries.standing(lost.id).ends_on == DAY


def test_nothing_is_said_of_a_last_day_where_a_registered_organisation_stays(as_person: Any) -> None:
    owner = make_person()
    registered, group = make_organisation(owner), make_group(owner)
    services.set_end(group, ends_on=DAY, by=owner)
    page = as_person(owner).get(f"/en/organisations/{registered.slug}/merge/{group.slug}").text
    assert "The last day of the group" not in page
    merge(registered, group, owner)
    assert queries.standing(registered.id).ends_on is None

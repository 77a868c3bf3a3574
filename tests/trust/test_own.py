"""What the page of somebody's account says of trust: everything that is theirs, the oldest first, in one question."""

from typing import Any

import pytest

from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.organisations.models import Role
from portal.organisations.services import grant_role
from portal.trust import queries, services
from portal.trust.queries import OwnKind
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.trust import make_claim, make_group, make_orphan, make_request, make_voucher
from tests.fixtures.pages import FrozenClock

pytestmark = pytest.mark.both_engines


def test_own_page_tells_of_everything_in_one_question(app: Any, as_person: Any, count_queries: Any) -> None:
    person, via = make_voucher()
    other = make_person()
    asking, lacking = make_group(other, name="Prosi"), make_group(person, name="Brak jej")
    services.vouch(make_request(make_group(other, name="Poręczona"), other), via_id=via.id, by=person)
    services.ask_patron(asking, patron=via.slug, by=other)
    make_claim(via, other)
    make_claim(make_orphan(name="Szuka"), person)
    services.watch()
    assert queries.owners(lacking.id)
    with count_queries() as seen:
        found = queries.own_cases(person)
    assert len(seen) <= 2, seen  # roles, cases
    assert {one.kind for one in found} == set(OwnKind)
    assert {one.organisation.name.source for one in found if one.kind == OwnKind.SHORTAGE} == {"Brak jej"}
    page = as_person(person).get("/en/account/").text
    for words in ("A group asks for a patron", "Somebody claims the profile", "you vouch for this group",
                  "your claim is considered", "Nobody stands behind the group"):  # fmt: skip
        assert words in page
    assert {one.kind for one in queries.own_cases(other)} == {OwnKind.SHORTAGE, OwnKind.CLAIM}


def test_many_of_one_kind_hide_no_other_and_the_oldest_stand_there(app: Any, frozen_clock: FrozenClock) -> None:
    boss, other = make_person(), make_person()
    patron = make_organisation(boss)
    asked = []
    for _number in range(queries.FEW + 2):
        asked.append(services.ask_patron(make_group(other), patron=patron.slug, by=other).id)
        frozen_clock.shift(minutes=1)
    make_claim(patron, make_person())
    found = queries.own_cases(boss)
    assert [one.number for one in found if one.kind == OwnKind.PATRONAGE] == asked[: queries.FEW]
    assert [one.kind for one in found if one.kind != OwnKind.PATRONAGE] == [OwnKind.AGAINST]


def test_what_is_over_is_told_no_more(app: Any, frozen_clock: FrozenClock) -> None:
    owner, editor, other = make_person(), make_person(), make_person()
    organisation = make_organisation(owner)
    grant_role(organisation, to=editor, role=Role.EDITOR, by=PORTAL)
    claim = make_claim(organisation, other)
    assert [one.kind for one in queries.own_cases(owner)] == [OwnKind.AGAINST]
    assert not queries.own_cases(editor)
    assert queries.own_cases(owner)[0].since == claim.objection_until
    frozen_clock.shift(days=15)
    assert claim.objection_until is not None and claim.objection_until < clock.now()
    assert not queries.own_cases(owner)

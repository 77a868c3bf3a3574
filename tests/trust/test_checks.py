"""Facts that were checked by hand: by whom, until when, and what becomes of them."""

from typing import Any

import pytest

from portal.ground.errors import Refusal
from portal.organisations import services as organisations
from portal.trust import queries, services
from portal.trust.jobs import remind
from portal.trust.models import CheckKind
from tests.factories.networks import make_network
from tests.factories.organisations import fresh, make_member, make_organisation, words
from tests.factories.people import make_administrator, make_person
from tests.factories.trust import make_member_of

pytestmark = pytest.mark.usefixtures("app")
KRS = "0000123456"
NUMBER, DOCUMENT, KNOWN = CheckKind.REGISTER_NUMBER, CheckKind.DOCUMENT, CheckKind.COORDINATOR


def shown(client: Any, organisation: Any) -> str:
    return str(client.get(f"/pl/organisations/{fresh(organisation).slug}").text).replace("\xa0", " ")


def test_a_checked_number_is_a_dated_fact_that_names_the_network_and_no_person(client: Any, frozen_clock: Any) -> None:
    coordinator = make_person("Kora Dynatorska")
    organisation = make_member_of(make_network("Sieć Lip", coordinators=(coordinator,)), krs=KRS)
    services.check(organisation, kind=NUMBER, by=coordinator)
    page = shown(client, organisation)
    assert "Numer rejestrowy zgodny z rejestrem – sprawdzone przez sieć: Sieć Lip" in " ".join(page.split()).replace(
        "<a>", ""
    )
    assert "(21 listopada 2026, ważne do: 21 listopada 2027)" in page
    assert "Kora Dynatorska" not in page
    assert "certyfik" not in page.lower()


def test_it_expires_visibly_and_is_never_silently_gone(client: Any, frozen_clock: Any) -> None:
    organisation, administrator = make_organisation(krs=KRS), make_administrator()
    services.check(organisation, kind=NUMBER, by=administrator)
    assert "sprawdzone przez zespół portalu" in shown(client, organisation)
    frozen_clock.shift(days=366)
    page = shown(client, organisation)
    assert "było ważne do: 21 listopada 2027" in page
    assert "sprawdzone przez" not in page
    services.check(organisation, kind=NUMBER, by=administrator)
    assert "było ważne do" not in shown(client, organisation)
    assert len(queries.standing(organisation.id).checks) == 1


@pytest.mark.parametrize(
    "change", [{"name": "Inna nazwa"}, {"legal_form": "pl-foundation"}, {"krs": "0000654321"}, {"krs": ""}]
)
def test_new_name_form_or_number_drops_what_was_checked_of_them(change: dict[str, str], client: Any) -> None:
    owner, coordinator = make_person(), make_person()
    given = words(krs=KRS)
    organisation = make_member_of(make_network(coordinators=(coordinator,)), owner, **given)
    for kind in CheckKind:
        services.check(organisation, kind=kind, by=coordinator)
    version = fresh(organisation).row_version
    organisations.update(organisation, by=owner, version=version, **{**given, **change})
    dropped = {made.kind: made.dropped_at is not None for made, _name in queries.standing(organisation.id).checks}
    assert dropped == {"register-number": True, "document": True, "coordinator": False}
    assert shown(client, organisation).count("do zmiany danych") == 2


def test_other_edits_leave_it() -> None:
    owner = make_person()
    given = words(krs=KRS)
    organisation = make_organisation(owner, **given)
    services.check(organisation, kind=NUMBER, by=make_administrator())
    organisations.update(organisation, by=owner, version=fresh(organisation).row_version, **{**given, "town": "Łódź"})
    assert [made.dropped_at for made, _name in queries.standing(organisation.id).checks] == [None]


def test_nobody_checks_an_organisation_of_their_own_and_only_those_who_oversee_it_do() -> None:
    coordinator, owner = make_person(), make_person()
    organisation = make_member_of(make_network(coordinators=(coordinator,)), owner, krs=KRS)
    make_member(organisation, "translator", coordinator)
    other = make_person()
    make_network("Inna", coordinators=(other,))
    for by in (coordinator, owner, other, make_person()):
        with pytest.raises(Refusal):
            services.check(organisation, kind=NUMBER, by=by)
    assert queries.standing(organisation.id).checks == []


def test_a_number_that_the_profile_lacks_and_a_network_that_does_not_know_it_are_no_facts() -> None:
    organisation, administrator = make_organisation(), make_administrator()
    for kind in (NUMBER, KNOWN):
        with pytest.raises(Refusal) as refused:
            services.check(organisation, kind=kind, by=administrator)
        assert refused.value.field == "kind"
    services.check(organisation, kind=DOCUMENT, by=administrator)


def test_whoever_checked_is_reminded_once_a_month_before(frozen_clock: Any, outbox: Any) -> None:
    coordinator, other = make_person(), make_person()
    organisation = make_member_of(make_network(coordinators=(coordinator, other)), krs=KRS)
    services.check(organisation, kind=NUMBER, by=coordinator)
    outbox.deliver()
    days = []
    for day in range(0, 400, 5):
        remind()
        remind()
        days += [(day, str(mail["To"])) for mail in outbox.deliver()]
        frozen_clock.shift(days=5)
    assert days == [(335, coordinator.email)]
    assert [case.kind for case in queries.cases_of(other)] == ["check"]


def test_page_notes_what_was_checked(as_person: Any) -> None:
    organisation, administrator = make_organisation(), make_administrator()
    path = f"/pl/organisations/{organisation.slug}/trust/checks"
    browser = as_person(administrator)
    assert browser.submit(path, {"kind": "coordinator"}).status_code == 422
    assert browser.submit(path, {"kind": "document"}).status_code == 303
    assert "Dokument sprawdzony" in browser.get(f"/pl/organisations/{organisation.slug}/trust").text

"""Claims: proven by a mail, looked at by people, never against somebody who manages the profile by itself."""

import datetime as dt
from typing import Any

import pytest

from portal.ground.errors import Conflict, Refusal
from portal.organisations import services as organisation_services
from portal.trust import queries, services
from portal.trust.jobs import remind
from portal.trust.models import ClaimMethod
from portal.trust.services.claims import NOT_THEIRS
from tests.factories.networks import make_network
from tests.factories.organisations import fresh, make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.factories.trust import make_claim, make_member_of, make_orphan

pytestmark = pytest.mark.usefixtures("app")
SITE = {"website": "https://www.lipa-zgierz.example/o-nas"}


def owners(organisation: Any) -> set[int]:
    return {person.id for person in queries.owners(organisation.id)}


def status(claim: Any) -> str:
    found = queries.claim(claim.id)
    assert found is not None
    return found.status


def link_of(outbox: Any, address: str) -> str:
    outbox.deliver()
    return next(path for mail in outbox.to(address) for path in outbox.paths(mail) if "/claims/prove/" in path)


def test_mail_to_the_domain_gives_an_orphan_to_its_people_at_once(as_person: Any, client: Any, outbox: Any) -> None:
    orphan, person = make_orphan(**SITE), make_person("Nina Nowa")
    address = f"/pl/organisations/{orphan.slug}"
    assert "szuka kogoś" in client.get(address).text.replace("\xa0", " ")
    browser = as_person(person)
    sent = browser.submit(f"{address}/claim", {"method": "mail", "address": "biuro@lipa-zgierz.example"})
    assert sent.status_code == 303
    path = link_of(outbox, "biuro@lipa-zgierz.example")
    assert "Nina Nowa" in client.get(path).text
    assert owners(orphan) == set(), "scanners follow links"
    assert client.submit(path, {}, action=path).status_code == 303
    assert owners(orphan) == {person.id}
    assert client.get(path).status_code == 404
    told = client.get(address).text.replace("\xa0", " ")
    assert "Profilem zarządzają ludzie organizacji od:" in told
    assert "szuka kogoś" not in told
    outbox.deliver()
    assert outbox.to(str(person.email))


@pytest.mark.parametrize(
    ("website", "contact", "address", "proves"),
    [
        ("https://lipa.example/", "", "ktos@lipa.example", True),
        ("https://www.LIPA.example/", "", "Ktos@Lipa.Example", True),
        ("https://lipa.example/", "", "ktos@evil-lipa.example", False),
        ("https://lipa.example/", "", "ktos@sub.lipa.example", False),
        ("https://lipa.example/", "", "ktos@lipa.example@evil.example", False),
        ("https://facebook.com/lipa", "", "ktos@facebook.com", False),
        ("https://lipa.wordpress.com/", "", "ktos@lipa.wordpress.com", False),
        ("https://gmail.com/", "", "ktos@gmail.com", False),
        ("", "lipa@gmail.com", "Lipa@gmail.com", True),
        ("", "lipa@gmail.com", "obca@gmail.com", False),
        ("", "", "ktos@example.org", False),
        ("https://żubr.example/", "", "ktos@xn--ubr-22a.example", True),
        ("https://lipa.example/", "", "x" * 5000 + "@lipa.example", False),
    ],
)
def test_only_mailboxes_of_the_organisation_prove(website: str, contact: str, address: str, proves: bool) -> None:
    orphan, person = make_orphan(*([("email", contact, "public")] if contact else []), website=website), make_person()
    if proves:
        assert make_claim(orphan, person, method="mail", address=address).status == "evidence"
    else:
        with pytest.raises(Refusal) as refused:
            make_claim(orphan, person, method="mail", address=address)
        assert (str(refused.value.reason), refused.value.field) == (str(NOT_THEIRS), "address")


def test_private_contact_address_proves_nothing() -> None:
    orphan = make_orphan(("email", "prezeska@example.org", "private"))
    with pytest.raises(Refusal):
        make_claim(orphan, make_person(), method="mail", address="prezeska@example.org")


def test_those_who_manage_it_have_fourteen_days_and_nothing_is_granted_by_itself(
    frozen_clock: Any, outbox: Any
) -> None:
    owner, person, administrator = make_person(), make_person(), make_administrator()
    organisation = make_organisation(owner)
    outbox.deliver()
    claim = make_claim(organisation, person)
    outbox.deliver()
    (told,) = outbox.to(str(owner.email))
    assert "5 grudnia 2026" in outbox.text(told).replace("\xa0", " ")
    for decide in (services.grant, services.refuse):
        with pytest.raises(Refusal) as refused:
            decide(claim, reason="Tak.", by=administrator)
        assert "can still object" in str(refused.value.reason)
    frozen_clock.shift(days=13, hours=23)
    remind()
    assert queries.cases_of(administrator) == []
    frozen_clock.shift(hours=2)
    for _ in range(3):
        remind()
    outbox.deliver()
    assert [one["Subject"] for one in outbox.to(str(administrator.email))] == [
        f"Przejęcie profilu do decyzji: {organisation.name.source}"
    ]
    frozen_clock.shift(days=100)
    remind()
    assert status(claim) == "objection"
    assert owners(organisation) == {owner.id}
    assert [case.number for case in queries.cases_of(administrator)] == [claim.id]
    with pytest.raises(Refusal) as refused:
        services.grant(claim, by=administrator)
    assert refused.value.field == "reason"
    services.grant(claim, reason="Nikt nie odpowiedział.", by=administrator)
    assert owners(organisation) == {owner.id, person.id}


def test_an_objection_stops_it_and_the_team_decides_with_a_reason(frozen_clock: Any, outbox: Any) -> None:
    owner, person, administrator = make_person(), make_person(), make_administrator()
    organisation = make_organisation(owner)
    claim = make_claim(organisation, person)
    with pytest.raises(Refusal):
        services.object_to(claim, reason=" ", by=owner)
    with pytest.raises(Refusal):
        services.object_to(claim, reason="Nie.", by=make_member(organisation, "editor"))
    services.object_to(claim, reason="Nie znamy tej osoby.", by=owner)
    with pytest.raises(Conflict):
        services.object_to(claim, reason="Jeszcze raz.", by=owner)
    assert [case.number for case in queries.cases_of(administrator)] == [claim.id]
    services.refuse(claim, reason="Profil prowadzą jego ludzie.", by=administrator)
    outbox.deliver()
    assert "Profil prowadzą jego ludzie." in outbox.text(outbox.to(str(person.email))[-1])
    assert owners(organisation) == {owner.id}


def test_mail_does_not_pass_over_those_who_manage_the_profile(outbox: Any, client: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner, **SITE)
    claim = make_claim(organisation, make_person(), method="mail", address="ja@lipa-zgierz.example")
    path = link_of(outbox, "ja@lipa-zgierz.example")
    outbox.deliver()
    assert not outbox.to(str(owner.email)), "nobody is bothered before the mailbox has answered"
    client.submit(path, {}, action=path)
    assert status(claim) == "objection"
    assert owners(organisation) == {owner.id}
    outbox.deliver()
    assert outbox.to(str(owner.email))


def test_a_second_claim_waits_for_the_first() -> None:
    orphan, first, second = make_orphan(), make_person(), make_person()
    claim = make_claim(orphan, first)
    for person, words in ((first, "You have asked"), (second, "Somebody else has asked")):
        with pytest.raises(Conflict) as refused:
            make_claim(orphan, person)
        assert words in str(refused.value.reason)
    services.withdraw_claim(claim, by=first)
    assert make_claim(orphan, second).status == "evidence"


@pytest.mark.parametrize(("role", "words"), [("owner", "You manage this profile"), ("editor", "You already help")])
def test_its_own_people_need_no_claim(role: str, words: str) -> None:
    organisation = make_organisation()
    with pytest.raises(Refusal) as refused:
        make_claim(organisation, make_member(organisation, role))
    assert words in str(refused.value.reason)


def test_an_editor_of_a_profile_without_owner_may_claim_it() -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    editor = make_member(organisation, "editor")
    organisation_services.release(organisation, by=owner)
    claim = make_claim(fresh(organisation), editor)
    services.grant(claim, by=make_administrator())
    assert owners(organisation) == {editor.id}


@pytest.mark.parametrize("state", ["draft", "pending", "suspended"])
def test_what_is_not_public_is_not_claimed(state: str) -> None:
    with pytest.raises(Conflict):
        make_claim(make_organisation(status=state), make_person())


def test_a_coordinator_of_its_network_confirms_and_nobody_else_does() -> None:
    coordinator, stranger, person, owner = make_person(), make_person(), make_person(), make_person()
    network = make_network(coordinators=(coordinator,))
    make_network("Inna sieć", coordinators=(stranger,))
    organisation = make_member_of(network, owner)
    organisation_services.release(organisation, by=owner)
    claim = make_claim(fresh(organisation), person, method="coordinator")
    administrator = make_administrator()
    for by in (stranger, administrator, person, owner):
        with pytest.raises(Refusal):
            services.grant(claim, by=by)
    assert [case.number for case in queries.cases_of(coordinator) if case.kind == "claim"] == [claim.id]
    services.grant(claim, by=coordinator)
    assert owners(organisation) == {person.id}


def test_a_coordinator_asks_first_where_somebody_manages_the_profile() -> None:
    coordinator, person, owner = make_person(), make_person(), make_person()
    organisation = make_member_of(make_network(coordinators=(coordinator,)), owner)
    claim = make_claim(organisation, person, method="coordinator")
    assert services.grant(claim, by=coordinator).status == "objection"
    assert owners(organisation) == {owner.id}
    with pytest.raises(Refusal):
        services.grant(claim, reason="Znam ją.", by=coordinator)


def test_granted_claim_stands_in_the_audit_trail_once() -> None:
    import sqlalchemy as sa

    from portal.ground.audit import AuditEntry
    from portal.ground.db import db

    orphan = make_orphan()
    services.grant(make_claim(orphan, make_person()), by=make_administrator())
    verbs = db.session.scalars(sa.select(AuditEntry.verb).where(AuditEntry.verb.like("claim.%"))).all()
    assert sorted(verbs) == ["claim.asked", "claim.granted"]


def test_objection_is_possible_for_the_owners_alone_and_the_page_says_until_when(
    as_person: Any, frozen_clock: Any
) -> None:
    owner, person = make_person(), make_person()
    organisation = make_organisation(owner)
    claim = make_claim(organisation, person)
    page = as_person(owner).get(f"/pl/claims/{claim.id}").text.replace("\xa0", " ")
    assert "5 grudnia 2026" in page
    assert f"/pl/claims/{claim.id}/object" in page
    assert f"/pl/claims/{claim.id}/object" not in as_person(person).get(f"/pl/claims/{claim.id}").text
    assert as_person(make_person()).get(f"/pl/claims/{claim.id}").status_code == 404
    assert str(claim.id) in as_person(owner).get("/pl/account/").text
    assert frozen_clock.moment + dt.timedelta(days=14) == claim.objection_until


def test_claim_form_says_every_fault_and_keeps_what_was_typed(as_person: Any) -> None:
    organisation = make_organisation()
    browser = as_person(make_person())
    answer = browser.submit(
        f"/pl/organisations/{organisation.slug}/claim", {"method": "explanation", "address": "zostaje", "evidence": ""}
    )
    assert answer.status_code == 422
    assert "Napisz, kim jesteś" in answer.text.replace("\xa0", " ")
    assert 'value="zostaje"' in answer.text
    answer = browser.submit(
        f"/pl/organisations/{organisation.slug}/claim", {"method": "mail", "address": "x@y", "evidence": "Jestem."}
    )
    assert answer.status_code == 422
    assert "Jestem." in answer.text


def test_unknown_way_is_refused_by_the_form(as_person: Any) -> None:
    organisation = make_organisation()
    answer = as_person(make_person()).submit(f"/pl/organisations/{organisation.slug}/claim", {"method": "magic"})
    assert answer.status_code == 422
    assert queries.open_claim(organisation.id) is None
    assert set(ClaimMethod) == {"mail", "explanation", "coordinator"}

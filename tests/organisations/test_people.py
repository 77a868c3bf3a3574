"""Inviting, accepting, withdrawing, ending roles; and that a profile never loses its last owner."""

from typing import Any

import pytest

from portal.ground import links
from portal.ground.errors import Conflict, Refusal
from portal.organisations import queries, services
from portal.organisations.models import Role
from tests.factories.organisations import make_member, make_organisation, role_of
from tests.factories.people import make_person

PEOPLE = "/pl/organisations/lipa/people"


def test_invitation_is_accepted_by_the_holder_of_the_link(app: Any, as_person: Any, client: Any, outbox: Any) -> None:
    owner = make_person("Olga")
    organisation = make_organisation(owner, name="Lipa")
    answer = as_person(owner).submit(PEOPLE, {"email": "Nowa.Osoba@Example.org", "role": "editor"})
    assert answer.status_code == 303
    outbox.deliver()
    (mail,) = outbox.to("Nowa.Osoba@example.org")
    assert mail["Subject"] == "Zaproszenie do profilu: Lipa"
    path = next(path for path in outbox.paths(mail) if "/invitations/" in path)
    visited = client.get(path)
    assert visited.status_code == 200
    assert "/account/sign-in?next=" in visited.text
    assert visited.headers["Referrer-Policy"] == "no-referrer"
    assert queries.people_of(organisation)[-1][1].id == owner.id  # reading the page accepts nothing
    newcomer = make_person("Nina", "inny.adres@example.org")
    browser = as_person(newcomer)
    assert browser.submit(path, {}, action=path).status_code == 303
    assert queries.roles_in(newcomer, organisation) == {"editor"}
    assert browser.get(path).status_code == 404
    assert browser.get("/pl/organisations/lipa/edit").status_code == 200


def test_invitation_goes_in_the_language_of_whoever_is_known(app: Any, as_person: Any, outbox: Any) -> None:
    owner = make_person()
    make_organisation(owner, name="Lipa")
    make_person(email="ivan@example.org", locale="bg")
    as_person(owner).submit(PEOPLE, {"email": "ivan@example.org", "role": "translator"})
    outbox.deliver()
    assert outbox.to("ivan@example.org")[0]["Subject"] == "Покана за профил: Lipa"


def test_withdrawn_invitation_is_dead(app: Any, as_person: Any, client: Any, outbox: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner, name="Lipa")
    invitation = services.invite(organisation, by=owner, email="a@example.org", role=Role.EDITOR, language="pl")
    outbox.deliver()
    path = outbox.paths(outbox.to("a@example.org")[0])[0]
    browser = as_person(owner)
    revoke = f"/pl/organisations/lipa/invitations/{invitation.id}/revoke"
    assert browser.submit(PEOPLE, {}, action=revoke).status_code == 303
    assert client.get(path).status_code == 404
    assert links.find(services.INVITATION, path.rpartition("/")[2]) is None  # revoked itself, not only refused behind
    with pytest.raises(Conflict):
        services.accept_invitation(invitation, by=make_person())


def test_invitation_that_was_accepted_is_good_no_more(app: Any) -> None:
    owner, invited, other = make_person(), make_person(), make_person()
    organisation = make_organisation(owner)
    invitation = services.invite(organisation, by=owner, email="a@example.org", role=Role.EDITOR, language="pl")
    services.accept_invitation(invitation, by=invited)
    for act in (services.accept_invitation, services.revoke_invitation):
        with pytest.raises(Conflict):
            act(invitation, by=other)
    assert queries.roles_in(other, organisation) == frozenset()
    assert queries.roles_in(invited, organisation) == {"editor"}


def test_second_invitation_of_an_address_replaces_the_first(app: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    for role in (Role.EDITOR, Role.TRANSLATOR):
        services.invite(organisation, by=owner, email="a@example.org", role=role, language="pl")
    assert [invitation.role for invitation in queries.open_invitations(organisation)] == ["translator"]


def test_person_with_the_role_is_not_invited_again(app: Any) -> None:
    owner = make_person(email="olga@example.org")
    with pytest.raises(Refusal):
        services.invite(make_organisation(owner), by=owner, email="OLGA@example.org", role=Role.OWNER, language="pl")


def test_bad_address_is_told(app: Any, as_person: Any) -> None:
    owner = make_person()
    make_organisation(owner, name="Lipa")
    answer = as_person(owner).submit(PEOPLE, {"email": "to nie adres", "role": "editor"})
    assert answer.status_code == 422
    assert "To nie wygląda na adres e-mail." in answer.text


def test_last_owner_stays(app: Any, as_person: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner, name="Lipa")
    role = role_of(organisation, owner)
    browser = as_person(owner)
    answer = browser.submit(PEOPLE, {}, action=f"/pl/organisations/lipa/roles/{role.id}/end")
    assert "Nikt inny nie zarządza tym profilem." in browser.follow(answer).text
    assert queries.owners_of(organisation)
    make_member(organisation, "owner")
    assert browser.submit(PEOPLE, {}, action=f"/pl/organisations/lipa/roles/{role.id}/end").status_code == 303
    assert queries.roles_in(owner, organisation) == frozenset()
    assert browser.get(PEOPLE).status_code == 403


def test_ended_role_gives_nothing_and_can_be_given_again(app: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    editor = make_member(organisation, "editor")
    services.end_role(role_of(organisation, editor), by=owner)
    assert queries.roles_in(editor, organisation) == frozenset()
    services.grant_role(organisation, to=editor, role=Role.EDITOR, by=owner)
    services.grant_role(organisation, to=editor, role=Role.EDITOR, by=owner)
    assert queries.roles_in(editor, organisation) == {"editor"}


def test_my_organisations_tell_the_next_step(app: Any, as_person: Any, count_queries: Any) -> None:
    owner = make_person()
    assert "Dodaj organizację" in as_person(owner).get("/pl/organisations/mine").text
    for status in ("draft", "pending", "published", "hidden", "suspended"):
        make_organisation(owner, name=f"Lipa {status}", status=status)
    browser = as_person(owner)
    with count_queries() as seen:
        page = browser.get("/pl/organisations/mine").text
    for words in (
        "przekaż profil do sprawdzenia",
        "decyzja przyjdzie e-mailem",
        "przetłumacz profil",
        "napisz do zespołu portalu",
    ):
        assert words in page
    assert len(seen) <= 12, seen


def invite_many(owner: Any, organisation: Any, number: int) -> list[str]:
    """The reasons for which invitations were refused."""
    refused = []
    for one in range(number):
        try:
            services.invite(organisation, by=owner, email=f"p{one}@example.org", role=Role.EDITOR, language="pl")
        except Refusal as refusal:
            refused.append(str(refusal.reason))
    return refused


def test_somebody_who_has_published_nothing_invites_few_however_many_drafts_they_make(app: Any) -> None:
    owner = make_person()
    assert len(invite_many(owner, make_organisation(owner, status="draft"), 3)) == 0
    assert queries.invitations_left(owner.id) == 2
    refused = invite_many(owner, make_organisation(owner, status="draft"), 4)
    assert len(refused) == 2
    assert "5" in refused[0]
    assert queries.invitations_left(owner.id) == 0


def test_withdrawing_and_waiting_a_day_brings_no_more_of_them(app: Any, frozen_clock: Any) -> None:
    owner = make_person()
    draft = make_organisation(owner, status="draft")
    invite_many(owner, draft, 5)
    for invitation in queries.open_invitations(draft):
        services.revoke_invitation(invitation, by=owner)
    frozen_clock.shift(days=29)
    assert len(invite_many(owner, draft, 1)) == 1
    frozen_clock.shift(days=2)
    assert invite_many(owner, draft, 1) == []


def test_somebody_with_a_published_profile_may_invite_more_to_a_draft(app: Any) -> None:
    owner = make_person()
    make_organisation(owner)
    assert queries.invitations_left(owner.id) is None
    assert invite_many(owner, make_organisation(owner, status="draft"), 8) == []


def test_nobody_invites_without_end(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.organisations.services.people.MANY", 6)
    owner = make_person()
    assert len(invite_many(owner, make_organisation(owner), 8)) == 2


def test_what_is_left_stands_beside_the_form(app: Any, as_person: Any) -> None:
    owner = make_person()
    make_organisation(owner, name="Lipa", status="draft")
    page = as_person(owner).get(PEOPLE).text.replace("\xa0", " ")
    assert "można zaprosić jeszcze 5 osób" in page


def test_words_that_nobody_has_looked_at_are_no_subject_of_a_mail_to_a_stranger(app: Any, outbox: Any) -> None:
    owner = make_person()
    draft = make_organisation(owner, name="Wygrana czeka na example.com", status="draft")
    services.invite(draft, by=owner, email="a@example.org", role=Role.EDITOR, language="pl")
    (mail,) = outbox.deliver()
    assert mail["Subject"].replace("\xa0", " ") == "Zaproszenie do pomocy przy profilu"
    assert "Wygrana czeka" in outbox.text(mail)

"""Who did what: read by those whom it concerns, in words, without addresses."""

import ast
import re
from typing import Any

import pytest

from portal.declaration import declared
from portal.organisations import queries, services, words
from portal.organisations.models import OrganisationStatus, Role
from portal.words.i18n import LANGUAGES, in_language
from portal.words.vocabularies import vocabulary
from tests.architecture.sources import python
from tests.factories.networks import make_application, make_network
from tests.factories.news import make_post
from tests.factories.organisations import fresh, make_member, make_organisation, role_of
from tests.factories.people import make_administrator, make_person
from tests.factories.trust import make_claim, make_group, make_vouch

PATH = "/en/organisations/lipa/history/acts"
OF_ORGANISATIONS = re.compile(
    r"(?:organisation|membership|post|trust|claim|event|registration|project|record|frame|operator|grants)\.[a-z_-]+"
)


def recorded(tree: ast.AST) -> set[str]:
    """The verbs that a service writes into the audit trail, in whichever way: no other texts of services look so."""
    return {
        part.value
        for part in ast.walk(tree)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and OF_ORGANISATIONS.fullmatch(part.value)
    }


def without_words(verbs: set[str]) -> list[str]:
    known = {term.code for term in vocabulary("audit_verb")}
    return sorted(verb for verb in verbs if verb.replace(".", "-").replace("_", "-") not in known)


def test_every_verb_of_organisations_has_words_and_no_words_are_for_nothing() -> None:
    services_ = [source for source in python("portal") if "services" in source.parts[2:3]]
    verbs = {verb for source in services_ for verb in recorded(source.tree)}
    assert len(verbs) > 60
    assert without_words(verbs) == []
    said = {term.code for term in vocabulary("audit_verb")}
    assert said == {verb.replace(".", "-").replace("_", "-") for verb in verbs}


def test_verb_without_words_is_found() -> None:
    code = 'audit.record("organisation.painted", current)\nStep(S.A, S.B, OWNER, "post.burnt")\nf("person.born")'
    assert without_words(recorded(ast.parse(code))) == ["organisation.painted", "post.burnt"]


def test_people_of_the_organisation_are_named_and_others_by_their_side(app: Any, as_person: Any) -> None:
    owner, team = make_person("Olga Lipowska", "olga@example.org"), make_administrator("Anna Zespołowa")
    coordinator = make_person("Karol Koordynator")
    lipa = make_organisation(owner, name="Lipa")
    editor = make_member(lipa, "editor", make_person("Edek Redaktor", "edek@example.org"))
    services.invite(lipa, by=owner, email="zaproszona@example.org", role=Role.EDITOR, language="pl")
    services.confirm(fresh(lipa), by=editor)
    network = make_network(coordinators=(coordinator,))
    make_application(network, lipa, owner=owner)
    make_post(fresh(lipa), by=editor)
    services.change_status(fresh(lipa), OrganisationStatus.SUSPENDED, by=team, reason="Powód zawieszenia")
    shown = as_person(owner).get(PATH)
    assert shown.status_code == 200
    for words_ in ("Olga Lipowska", "Edek Redaktor", "the portal team", "details confirmed", "person invited to help"):
        assert words_ in shown.text
    assert network.name.source in shown.text
    assert "Anna Zespołowa" not in shown.text
    assert "@example.org" not in shown.text
    told = {act.verb: act.side for act in queries.acts_of(fresh(lipa), offset=0, limit=100)}
    assert told["organisation.suspended"] == "team"


def test_trail_is_for_its_people_and_the_portal_team(app: Any, as_person: Any) -> None:
    owner, coordinator, former = make_person(), make_person(), make_person()
    lipa = make_organisation(owner, name="Lipa")
    make_application(make_network(coordinators=(coordinator,)), lipa, owner=owner, status="active")
    make_member(lipa, "editor", former)
    services.end_role(role_of(lipa, former), by=owner)
    assert as_person(make_administrator()).get(PATH).status_code == 200
    assert as_person(make_member(lipa, "translator")).get(PATH).status_code == 200
    for other in (make_person(), coordinator, former):
        assert as_person(other).get(PATH).status_code == 404
    assert "/en/account/sign-in" in as_person(None).get(PATH).location


def test_claims_and_vouches_are_told_in_words_and_without_addresses(app: Any, as_person: Any) -> None:
    owner, claimant = make_person("Olga Lipowska"), make_person("Zenon Obcy", "zenon@example.org")
    lipa = make_organisation(owner, name="Lipa")
    make_claim(lipa, claimant)
    keeper = make_person("Gosia Grupowa")
    group = make_group(keeper)
    make_vouch(group, keeper)
    shown = as_person(owner).get(PATH).text
    assert "claim to the profile made" in shown
    assert "somebody outside the organisation" in shown
    told = as_person(keeper).get(f"/en/organisations/{group.slug}/history/acts").text
    assert "vouch for the group given" in told
    for page in (shown, told):
        assert "Zenon Obcy" not in page
        assert "@example.org" not in page
        assert "something else was done" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verb_has_words_of_its_own_in_each_language(app: Any, language: str) -> None:
    with in_language(language):
        said = [str(term.label) for term in vocabulary("audit_verb")]
    assert all(said)
    assert len(set(said)) == len(said)


def test_trail_of_another_organisation_is_not_there(app: Any) -> None:
    owner = make_person()
    lipa, other = make_organisation(owner, name="Lipa"), make_organisation(owner, name="Dąb")
    services.confirm(fresh(other), by=owner)
    verbs = [act.verb for act in queries.acts_of(fresh(lipa), offset=0, limit=100)]
    assert "organisation.confirmed" not in verbs
    assert queries.count_acts(fresh(lipa)) == len(verbs)


def test_long_trail_has_pages(app: Any, as_person: Any) -> None:
    owner = make_person()
    lipa = make_organisation(owner, name="Lipa")
    for _ in range(31):
        services.confirm(fresh(lipa), by=owner)
    assert as_person(owner).get(PATH).text.count("details confirmed") == 30
    assert as_person(owner).get(f"{PATH}?page=2").text.count("details confirmed") == 1


def test_verb_of_a_release_to_come_is_told_without_its_words(app: Any) -> None:
    with in_language("en"):
        assert words.verb("organisation.painted") == "something else was done"
        assert {acts.model.__tablename__ for feature in declared() for acts in feature.acts} == {
            "event", "grant_call", "grant_programme", "membership", "post", "profile_claim", "project", "project_record",
        }  # fmt: skip

"""Who is behind a profile, is it real, is it alive: what a stranger reads, and what has ended is listed nowhere."""

from typing import Any

import pytest
from flask import Flask

from portal.freshness.services import ask_all
from portal.ground import clock
from portal.membership import services as membership
from portal.organisations import queries, services
from portal.organisations.models import OrganisationStatus
from portal.trust import services as trust
from portal.trust.models import CheckKind
from tests.factories.freshness import aged
from tests.factories.imports import carry_out, make_batch, row
from tests.factories.merging import make_merged
from tests.factories.networks import current, make_application, make_network
from tests.factories.organisations import fresh, list_somebody, make_organisation
from tests.factories.people import make_person

pytestmark = pytest.mark.both_engines  # what is listed is asked of SQL


def read(client: Any, slug: str) -> str:
    return " ".join(client.get(f"/en/organisations/{slug}").text.replace("\xa0", " ").split())


def test_stranger_reads_who_is_behind_a_profile_and_since_when_it_holds(
    app: Flask, client: Any, frozen_clock: Any
) -> None:
    coordinator, owner = make_person("Kora Dynatorska"), make_person("Olga Właścicielska")
    network = make_network("Sieć Lip", coordinators=(coordinator,))
    organisation = make_organisation(owner, name="Lipa", krs="0000123456")
    make_application(network, organisation, owner, status="active")
    services.confirm_listed(list_somebody(organisation, owner))
    trust.check(fresh(organisation), kind=CheckKind.REGISTER_NUMBER, by=coordinator)
    page = read(client, "lipa")
    for said in (
        "Details confirmed: 21 November 2026", "checked by the network:", "Sieć Lip", "valid until 21 November 2027",
        "Ewa Skarbniczka", "0000123456", "(since 2026)",
    ):  # fmt: skip
        assert said in page, said
    for nobody in ("Kora Dynatorska", "Olga Właścicielska"):  # who has not agreed is not put before the public
        assert nobody not in page
    frozen_clock.shift(days=400)
    ask_all()
    later = read(client, "lipa")
    assert "Details not confirmed since: 21 November 2026" in later and "Details confirmed:" not in later
    assert "was valid until: 21 November 2027" in later


def test_profile_that_nobody_stands_behind_says_so_and_offers_itself(app: Flask, client: Any) -> None:
    carry_out(make_batch([row(1)]), is_public=True)
    (slug,) = [one.slug for one in queries.Found(queries.Filters()).listed(offset=0, limit=5)]
    page = read(client, slug)
    assert "Its own people do not manage this profile yet" in page
    assert "nobody of the organisation has confirmed them" in page and "Lista gminy" in page
    assert "Details confirmed" not in page and "checked by" not in page
    assert f"/en/organisations/{slug}/claim" in page


def ended(how: str) -> Any:
    """A member of a network that has ended in this way."""
    owner, coordinator = make_person(), make_person()
    network = make_network("Sieć Lip", coordinators=(coordinator,))
    neighbour = make_person()
    make_application(network, make_organisation(neighbour, name="Zostaje"), neighbour, status="active")
    organisation = make_organisation(owner, name="Kończy")
    member = make_application(network, organisation, owner, status="active")
    if how == "resigned":
        membership.resign(current(member), reason="Kończymy.", by=owner)
    elif how == "closed":
        services.close(fresh(organisation), last_day=clock.today("Europe/Warsaw"), reason="Koniec.", by=owner)
    elif how == "hidden":
        services.change_status(fresh(organisation), OrganisationStatus.HIDDEN, by=owner)
    elif how == "dormant":
        aged(fresh(organisation), 600)
        ask_all()
    return network


@pytest.mark.parametrize(
    ("how", "in_network", "in_directory"),
    [("resigned", False, True), ("closed", False, False), ("hidden", False, False), ("dormant", True, False)],
)
def test_who_has_left_or_ended_is_listed_nowhere(
    app: Flask, client: Any, how: str, in_network: bool, in_directory: bool
) -> None:
    network = ended(how)
    of_network = client.get(f"/en/networks/{network.slug}").text
    assert "Zostaje" in of_network and ("Kończy" in of_network) is in_network
    for ending in ("", ".csv", ".json"):
        of_members = client.get(f"/en/organisations{ending}?network={network.slug}").data.decode()
        assert "Zostaje" in of_members and ("Kończy" in of_members) is (in_network and in_directory), ending
        everybody = client.get(f"/en/organisations{ending}").data.decode()
        assert ("Kończy" in everybody) is in_directory, ending


def test_double_that_was_merged_is_listed_once(app: Flask, client: Any) -> None:
    lost = make_merged(make_person())
    assert client.get(f"/en/organisations/{lost.slug}").status_code == 301
    listed = queries.Found(queries.Filters()).listed(offset=0, limit=10)
    assert [one.id for one in listed] == [lost.merged_into_id or fresh(lost).merged_into_id]

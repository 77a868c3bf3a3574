"""The page of a network as its front page, and the list of networks."""

from portal.ground.authz import PORTAL
from portal.membership import queries, services
from portal.words.i18n import Localized
from tests.factories.events import make_event
from tests.factories.networks import make_network
from tests.factories.news import make_post
from tests.factories.people import make_person
from tests.support.client import CheckedClient


def test_the_page_of_a_network_names_its_coordinators_until_their_role_ends(client: CheckedClient) -> None:
    tomir, left = make_person("Tomir Zalewa"), make_person("Ola Dawna")
    network = make_network(coordinators=(tomir, left))
    page = client.get(f"/en/networks/{network.slug}").text
    assert "Coordinators:" in page
    assert "Tomir Zalewa" in page
    assert "Ola Dawna" in page
    role = next(role for role, person in queries.coordinator_roles(network.id) if person.id == left.id)
    services.end_coordinator(role, by=PORTAL)
    page = client.get(f"/en/networks/{network.slug}").text
    assert "Ola Dawna" not in page
    assert "Coordinator:" in page


def test_a_network_shows_its_own_coming_events_and_public_posts(client: CheckedClient) -> None:
    network, other = make_network(), make_network()
    make_event(network, title=Localized.of("pl", "Zjazd sieci"))
    make_event(network, title=Localized.of("pl", "Szkic zjazdu"), status="draft")
    make_event(other, title=Localized.of("pl", "Zjazd obcy"))
    make_post(network, title="Wieści sieci")
    make_post(network, title="Szkic wieści", state="draft")
    make_post(other, title="Wieści obce")
    page = client.get(f"/pl/networks/{network.slug}").text
    assert "Zjazd sieci" in page
    assert "Wieści sieci" in page
    for hidden in ("Szkic zjazdu", "Zjazd obcy", "Szkic wieści", "Wieści obce"):
        assert hidden not in page
    assert f"/pl/networks/{network.slug}/feed.atom" in page
    assert "1 upcoming event" in client.get("/en/networks/").text

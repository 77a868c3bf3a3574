"""Networks with people, and messages to them, made through the services."""

from collections.abc import Sequence

from portal.accounts.models import Person
from portal.membership.audiences import SENDER
from portal.membership.models import Network
from portal.messages import services
from portal.messages.models import Message
from portal.messages.queries import Place
from tests.factories.networks import make_application, make_network
from tests.factories.people import make_person

WORDS = {"subject": "Spotkanie w czwartek", "body": "Zapraszamy do świetlicy.\n\nWeźcie kubki."}


def place_of(network: Network) -> Place:
    return Place(SENDER, network)


def make_member_people(network: Network, locales: Sequence[str], *, status: str = "active") -> list[Person]:
    """The owners of as many organisations of the network, each reading one of these languages."""
    people = [make_person(f"Osoba {number}", locale=locale) for number, locale in enumerate(locales)]
    for person in people:
        make_application(network, owner=person, status=status)
    return people


def make_sender(locales: Sequence[str] = ("pl", "pl", "bg")) -> tuple[Network, Person, list[Person]]:
    """A network, its coordinator, and the people of its members."""
    coordinator = make_person("Tomir Zalewa")
    network = make_network(coordinators=(coordinator,), contact_email="siec@example.org")
    return network, coordinator, make_member_people(network, locales)


def make_message(
    network: Network, by: Person, *, audience: str = "member-people", language: str = "pl", **words: str
) -> Message:
    """A draft."""
    return services.create(place_of(network), audience=audience, language=language, by=by, **{**WORDS, **words})

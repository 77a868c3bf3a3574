"""Groups, those who stand behind them, and claims for tests, made through the services."""

from portal.accounts.models import Person
from portal.membership.models import Network
from portal.organisations import services as organisations
from portal.organisations.models import Organisation
from portal.trust import services
from portal.trust.models import Claim, ClaimMethod, Patronage, Vouch, VouchRequest
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import fresh, make_organisation
from tests.factories.people import make_administrator, make_person


def make_group(owner: Person | None = None, *, status: str = "published", **fields: str) -> Organisation:
    """An informal group."""
    return make_organisation(owner, status=status, **{"legal_form": "pl-informal", **fields})


def make_voucher(network: Network | None = None) -> tuple[Person, Organisation]:
    """The owner of a published member organisation of a network, with it."""
    network = network or make_network(coordinators=(make_person(),))
    owner = make_person("Poręczająca Osoba")
    organisation = make_organisation(owner)
    make_application(network, organisation, owner, status="active")
    return owner, organisation


def make_request(group: Organisation, owner: Person, email: str = "poreczyciel@example.org") -> VouchRequest:
    """A request of a group to somebody."""
    return services.ask_to_vouch(group, email=email, language="pl", by=owner)


def make_vouch(group: Organisation, owner: Person, network: Network | None = None) -> Vouch:
    """A vouch for a group by somebody of another organisation."""
    person, via = make_voucher(network)
    return services.vouch(make_request(group, owner, str(person.email)), via_id=via.id, by=person)


def make_patronage(group: Organisation, owner: Person) -> tuple[Patronage, Person]:
    """A request to a patron, with the owner of the patron."""
    boss = make_person("Osoba Patrona")
    patron = make_organisation(boss)
    return services.ask_patron(group, patron=patron.slug, by=owner), boss


def make_member_of(network: Network, owner: Person | None = None, **fields: str) -> Organisation:
    """A published organisation that is active in a network."""
    owner = owner or make_person()
    organisation = make_organisation(owner, **fields)
    make_application(network, organisation, owner, status="active")
    return fresh(organisation)


def make_orphan(*contacts: tuple[str, str, str], **fields: str) -> Organisation:
    """A public profile that nobody manages any more, with these contacts."""
    owner = make_person()
    organisation = make_organisation(owner, contacts=contacts, **fields)
    organisations.release(organisation, by=owner)
    return fresh(organisation)


def make_claim(organisation: Organisation, by: Person, *, method: str = "explanation", address: str = "") -> Claim:
    """A claim to a profile."""
    evidence = "" if method == "mail" else "Prowadzę to stowarzyszenie od 2019 roku."
    return services.claim(organisation, method=ClaimMethod(method), address=address, evidence=evidence, by=by)


def claimed(before: str) -> tuple[int, dict[str, tuple[Person, set[str]]]]:
    """A claim in a state, and people with their sides: to what nobody manages while it waits for proof, then to what
    somebody manages and has objected about."""
    claimant, owner, team = make_person(), make_person(), make_administrator()
    waits = before == "objection"
    organisation = make_organisation(owner) if waits else make_orphan()
    row = make_claim(organisation, claimant)
    if waits:
        services.object_to(row, reason="Nie znamy tej osoby.", by=owner)
    elif before == "granted":
        services.grant(row, by=team)
    elif before == "refused":
        services.refuse(row, reason="Nie wiadomo.", by=team)
    elif before == "withdrawn":
        services.withdraw_claim(row, by=claimant)
    people = {
        "claimant": (claimant, {"claimant"}), "team": (team, {"whoever decides on the claim"}),
        "owner": (owner, set()),
    }  # fmt: skip
    return row.id, people

"""Networks are made by the portal team, written by their coordinators; coordinators are granted and ended, never edited."""

from portal.accounts.models import Person
from portal.accounts.queries import person_by_email
from portal.ground import audit, clock
from portal.ground.authz import Portal, demand
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal, check_version
from portal.ground.locks import locked
from portal.ground.memo import forget
from portal.membership import queries
from portal.membership.fields import NETWORK, NO_NAME
from portal.membership.findable import document
from portal.membership.models import Network, NetworkRole
from portal.membership.policies import Permission
from portal.privacy import consents
from portal.privacy.consents import Purpose
from portal.words import search
from portal.words.i18n import _l
from portal.words.slugs import again_when_taken, free_slug


@again_when_taken
def create_network(*, language: str, by: Person | Portal, **values: object) -> Network:
    """Make a network with the fields of NETWORK, in one language; its address comes from its name and never changes."""
    given = NETWORK.given_new(values)
    given.check(*([] if given["name"] else [Refusal(NO_NAME, field="name")]))
    with transaction() as session:
        demand(Permission.CREATE_NETWORK, by=by)
        slug = free_slug(given.text("name"), Network.slug)
        network = Network(slug=slug, **NETWORK.new(given, language))
        session.add(network)
        session.flush()
        search.index([document(network)])
        audit.record("network.created", network, detail={"name": given["name"]}, actor=by)
        return network


def update_network(network: Network, *, language: str, version: int, by: Person, **values: object) -> None:
    """Write the texts of a network in one language, the original or a translation; empty ones remove a translation.

    Raises Stale with the stored texts when somebody else has saved since `version`.
    """
    given = NETWORK.given(values)
    with transaction() as session:
        row = locked(Network, network.id)
        demand(Permission.EDIT_NETWORK, row, by=by)
        check_version(row, version, NETWORK.read(row, language))
        if not given["name"] and language == row.name.original:
            raise Refusal(NO_NAME, field="name")
        NETWORK.write(row, given, language)
        session.flush()
        search.index([document(row)])
        audit.record("network.changed", row, detail={"language": language}, actor=by)


def grant_coordinator(network_slug: str, address: str, *, by: Person | Portal) -> NetworkRole:
    """Let the person with this address coordinate the network. Refuses an unknown network, an unknown address and a
    person who coordinates it already."""
    with transaction() as session:
        network = queries.network_by_slug(network_slug)
        if network is None:
            raise Refusal(_l("There is no network with this address."), field="network")
        demand(Permission.MANAGE_COORDINATORS, network, by=by)
        person = person_by_email(address)
        if person is None:
            raise Refusal(_l("No account has this e-mail address. Ask the person to create one first."), field="email")
        session.get_one(Network, network.id, with_for_update=True)
        if any(known.id == person.id for known in queries.coordinators(network.id)):
            raise Conflict(_l("This person coordinates the network already."), field="email")
        role = NetworkRole(network_id=network.id, person_id=person.id, granted_by=by.id, granted_at=clock.now())
        session.add(role)
        session.flush()
        forget()
        audit.record("network.coordinator-granted", network, detail={"person": person.id}, actor=by)
        return role


def end_coordinator(role: NetworkRole, *, by: Person | Portal) -> None:
    """End the role of a coordinator; one that has ended already stays as it is."""
    with transaction() as session:
        row = locked(NetworkRole, role.id)
        demand(Permission.END_COORDINATOR, row, by=by)
        if not row.is_open:
            return
        row.end(by=by)
        consents.end_about(row.person_id, Purpose.PUBLIC_PROFILE, row.network_id)
        session.flush()
        forget()
        network = session.get_one(Network, row.network_id)
        audit.record("network.coordinator-ended", network, detail={"person": row.person_id}, actor=by)

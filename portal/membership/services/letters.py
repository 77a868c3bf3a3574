"""The mails about a network: whose log they stand in, and sending one again."""

from portal import mail
from portal.accounts.models import Person
from portal.ground.authz import Portal, demand
from portal.ground.db import transaction
from portal.ground.locks import locked
from portal.membership.models import Network
from portal.membership.policies import Permission


def send_mail_again(network: Network, mail_id: int | None, *, by: Person | Portal) -> None:
    """Send a mail about the network once more that did not arrive. Raises Conflict when there is no such, or it is too
    old."""
    with transaction():
        network = locked(Network, network.id)
        demand(Permission.MAILS, network, by=by)
        mail.send_again(mail_id or 0, concerns=mail.concern("network", network.id), by=by)

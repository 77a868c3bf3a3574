"""What others see about a person through networks."""

from collections.abc import Sequence

from flask import url_for

from portal.accounts.models import Person
from portal.membership import queries
from portal.organisations.queries import roles_anywhere
from portal.privacy import consents
from portal.privacy.consents import Purpose
from portal.privacy.visible import Seen, Visible
from portal.words.i18n import _


def _lines(person: Person) -> Sequence[Seen]:
    coordinated = [
        Seen(
            _("Your name and your address as coordinator")
            if consents.standing(person.id, Purpose.PUBLIC_PROFILE, f"network:{network.id}")
            else _("Your name as coordinator"),
            _("Everybody"), _("You coordinate the network."), network.name, url_for("membership.show", slug=network.slug),
        )
        for network in queries.coordinated_networks(person)
    ]  # fmt: skip
    contacts = [
        Seen(
            _("Your address as the contact of a network"), _("Everybody"), _("The network gives it as its contact."),
            network.name, url_for("membership.show", slug=network.slug),
        )
        for network in queries.with_contact({person.email or ""})
    ]  # fmt: skip
    speaking = [number for number in roles_anywhere(person) if queries.acting_for(person, number)]
    networks = {network.id: network for found in queries.networks_of(speaking).values() for network in found}
    spoken = [
        Seen(
            _("That you speak for a member organisation"), _("Coordinators of the network"),
            _("You have a role in an organisation that belongs to the network."), network.name,
            url_for("membership.show", slug=network.slug),
        )
        for _number, network in sorted(networks.items())
    ]  # fmt: skip
    return [*coordinated, *contacts, *spoken]


VISIBLE = Visible(
    tables=frozenset({"network_role"}),
    lines=_lines,
    unseen={
        "membership_event": "pages show the steps of a membership, and not who took them",
        "profile_review": "pages show the decision, and not who took it",
    },
)

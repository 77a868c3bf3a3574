"""What membership gives to the whole: networks, who is in them, and who decides on it."""

from flask import Flask

from portal.accounts.facts import PeopleJoined
from portal.declaration import Coded, Feature
from portal.face.look import Entry
from portal.ground.config import Config
from portal.ground.jobs import Periodic
from portal.mail import Kind
from portal.membership import queries, reactions, services
from portal.membership.acts import ACTS
from portal.membership.audiences import SENDER
from portal.membership.cli import grant_coordinator
from portal.membership.demo import DEMO
from portal.membership.facets import NETWORK
from portal.membership.findable import FINDABLE
from portal.membership.invariants import checks
from portal.membership.models import Membership, MembershipStatus, Review, ReviewOutcome
from portal.membership.policies import RULES, SIGHTS
from portal.membership.privacy import PART
from portal.membership.services import derived
from portal.membership.services.states import MEMBERSHIPS, REVIEWS
from portal.membership.views import bp, home_panel, profile_parts, waiting_panel
from portal.membership.visible import VISIBLE
from portal.membership.words import CONSENT
from portal.merging.facts import OrganisationsMerged
from portal.organisations.facts import OrganisationClosed, PublicityChanged
from portal.organisations.nearness import BY_NETWORKS
from portal.words.i18n import _l


def _init(app: Flask, config: Config) -> None:
    """Organisations ask how near networks bring somebody, and know none."""
    BY_NETWORKS.set(app, queries.nearness_by_networks)


FEATURE = Feature(
    name="membership",
    blueprints=[bp],
    rules=RULES,
    sights=SIGHTS,
    answers=[
        (PeopleJoined, reactions.people_joined),
        (PublicityChanged, reactions.publicity_changed),
        (OrganisationClosed, reactions.organisation_closed),
        (OrganisationsMerged, reactions.organisations_merged),
    ],
    previews=[(OrganisationsMerged, reactions.merge_preview)],
    privacy=PART,
    visible=VISIBLE,
    checks=checks,
    codes=[
        Coded(
            Membership.status,
            MembershipStatus,
            "membership_status",
            frozenset({"draft", "recommended", "accepted", "grace", "expired", "suspended", "excluded"}),
        ),
        Coded(Review.outcome, ReviewOutcome, "review_outcome"),
    ],
    states=[MEMBERSHIPS, REVIEWS],
    findables=[FINDABLE],
    facets=[NETWORK],
    indexes=[derived.INDEX],
    counters=[derived.SIZES],
    panels=[waiting_panel, home_panel],
    profile_parts=[profile_parts],
    senders=[SENDER],
    periodic=[Periodic("questions of 0.1.0", 5, services.carry_over)],
    menu=[Entry("membership.networks", _l("Networks"))],
    reserved=frozenset({"new"}),
    consents=[CONSENT],
    acts=[ACTS],
    mail_kinds=[Kind.TASKS, Kind.PROFILE, Kind.MEMBERSHIP, Kind.NETWORK_MESSAGE],
    demo=DEMO,
    init=_init,
    grants={"coordinator": grant_coordinator},
)

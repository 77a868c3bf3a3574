"""What trust gives to the whole: who stands behind a group, claims to profiles, facts that were checked."""

from portal.accounts.facts import PeopleJoined
from portal.declaration import Coded, Feature
from portal.ground.jobs import Periodic
from portal.mail import Kind
from portal.merging.facts import OrganisationsMerged
from portal.organisations.facts import LegalDetailsChanged, PublicationAsked
from portal.trust import reactions, services
from portal.trust.acts import ACTS
from portal.trust.demo import DEMO
from portal.trust.invariants import checks
from portal.trust.jobs import remind
from portal.trust.models import CheckKind, Claim, ClaimMethod, ClaimStatus, Lack, Shortage, Verification
from portal.trust.policies import RULES, SIGHTS
from portal.trust.privacy import PART
from portal.trust.views import bp, own_panel, profile_part, waiting_panel
from portal.trust.visible import VISIBLE

FEATURE = Feature(
    name="trust",
    blueprints=[bp],
    rules=RULES,
    sights=SIGHTS,
    answers=[
        (PeopleJoined, reactions.people_joined),
        (OrganisationsMerged, reactions.organisations_merged),
        (PublicationAsked, reactions.publication_asked),
        (LegalDetailsChanged, reactions.legal_details_changed),
    ],
    previews=[(OrganisationsMerged, reactions.merge_preview)],
    privacy=PART,
    visible=VISIBLE,
    checks=checks,
    codes=[
        Coded(Claim.status, ClaimStatus, "claim_status", frozenset({"open"})),
        Coded(Claim.method, ClaimMethod, "claim_method"),
        Coded(Verification.kind, CheckKind, "verification", frozenset({"unverified", "email-domain", "vouched"})),
        Coded(Shortage.lack, Lack, "group_lack"),
    ],
    states=[services.CLAIMS],
    acts=[ACTS],
    panels=[waiting_panel, own_panel],
    on_profile=profile_part,
    periodic=[
        Periodic("reminders of profiles", 60, remind),
        Periodic("requests to vouch", 60, services.remove_old_requests),
    ],
    mail_kinds=[Kind.TASKS, Kind.PROFILE, Kind.INVITATION],
    demo=DEMO,
)

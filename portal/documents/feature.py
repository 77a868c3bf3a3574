"""What documents give to the whole: papers of organisations, each for those who may see it."""

from portal.declaration import Coded, Feature
from portal.documents import reactions, services
from portal.documents.demo import DEMO
from portal.documents.invariants import checks
from portal.documents.models import Document, DocumentKind
from portal.documents.policies import RULES, SIGHTS
from portal.documents.views import bp, profile_parts
from portal.ground.jobs import Periodic
from portal.merging.facts import OrganisationsMerged
from portal.organisations.models import Visibility

FEATURE = Feature(
    name="documents",
    blueprints=[bp],
    rules=RULES,
    sights=SIGHTS,
    answers=[(OrganisationsMerged, reactions.organisations_merged)],
    previews=[(OrganisationsMerged, reactions.merge_preview)],
    checks=checks,
    codes=[
        Coded(Document.kind, DocumentKind, "document_type"),
        Coded(Document.visibility, Visibility, "visibility"),
    ],
    profile_parts=[profile_parts],
    periodic=[Periodic("documents without an owner", 24 * 60, services.remove_unused)],
    demo=DEMO,
)

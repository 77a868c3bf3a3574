"""What micro-grants give to the whole: who may give them."""

from portal.accounts.facts import PeopleJoined
from portal.declaration import Feature
from portal.grants import reactions
from portal.grants.demo import DEMO
from portal.grants.invariants import checks
from portal.grants.policies import RULES, SIGHTS
from portal.grants.privacy import PART
from portal.grants.views import bp, home_panel, on_profile
from portal.grants.visible import VISIBLE
from portal.merging.facts import OrganisationsMerged
from portal.organisations.facts import OrganisationClosed

FEATURE = Feature(
    name="grants",
    blueprints=[bp],
    rules=RULES,
    sights=SIGHTS,
    answers=[
        (PeopleJoined, reactions.people_joined),
        (OrganisationClosed, reactions.organisation_closed),
        (OrganisationsMerged, reactions.organisations_merged),
    ],
    previews=[(OrganisationsMerged, reactions.merge_preview)],
    checks=checks,
    privacy=PART,
    visible=VISIBLE,
    panels=[home_panel],
    on_profile=on_profile,
    demo=DEMO,
)

"""What impact gives to the whole: figures of projects, counted from their records."""

from portal.accounts.facts import PeopleJoined
from portal.declaration import Feature
from portal.impact import reactions
from portal.impact.cli import projects
from portal.impact.demo import DEMO
from portal.impact.invariants import checks
from portal.impact.policies import RULES, SIGHTS
from portal.impact.privacy import PART
from portal.impact.services import FIGURES
from portal.impact.views import bp, profile_parts
from portal.impact.visible import VISIBLE
from portal.organisations.facts import LegalDetailsChanged
from portal.projects.facts import RecordsChanged

FEATURE = Feature(
    name="impact",
    blueprints=[bp],
    rules=RULES,
    sights=SIGHTS,
    answers=[
        (PeopleJoined, reactions.people_joined),
        (LegalDetailsChanged, reactions.legal_details_changed),
        (RecordsChanged, reactions.records_changed),
    ],
    checks=checks,
    privacy=PART,
    visible=VISIBLE,
    profile_parts=[profile_parts],
    counters=[FIGURES],
    console=[projects],
    demo=DEMO,
)

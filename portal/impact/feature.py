"""What impact gives to the whole: figures of projects, counted from their records."""

from portal.accounts.facts import PeopleJoined
from portal.declaration import Coded, Feature
from portal.impact import reactions
from portal.impact.cli import projects
from portal.impact.demo import DEMO
from portal.impact.invariants import checks
from portal.impact.models import Frame, FrameState
from portal.impact.policies import RULES, SIGHTS
from portal.impact.privacy import PART
from portal.impact.services import FIGURES, FRAMES
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
    codes=[Coded(Frame.state, FrameState, "frame_state")],
    states=[FRAMES],
    privacy=PART,
    visible=VISIBLE,
    profile_parts=[profile_parts],
    counters=[FIGURES],
    console=[projects],
    demo=DEMO,
)

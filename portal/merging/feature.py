"""What merging gives to the whole: two profiles of one organisation become one, and nothing is lost."""

from portal.accounts.facts import PeopleJoined
from portal.declaration import Coded, Feature
from portal.mail import Kind
from portal.merging import reactions
from portal.merging.facts import OrganisationsMerged
from portal.merging.models import MergeRequest, RequestState
from portal.merging.policies import RULES, SIGHTS
from portal.merging.privacy import PART
from portal.merging.services import REQUESTS
from portal.merging.views import bp, home_panel
from portal.merging.visible import VISIBLE

FEATURE = Feature(
    name="merging",
    blueprints=[bp],
    rules=RULES,
    sights=SIGHTS,
    facts=[OrganisationsMerged],
    answers=[(PeopleJoined, reactions.people_joined)],
    privacy=PART,
    visible=VISIBLE,
    codes=[Coded(MergeRequest.state, RequestState, "merge_state")],
    states=[REQUESTS],
    panels=[home_panel],
    mail_kinds=[Kind.PROFILE],
)

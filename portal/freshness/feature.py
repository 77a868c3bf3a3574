"""What freshness gives to the whole: the calendar of confirmation, and those who follow up where nobody answers."""

from portal.accounts.facts import PeopleJoined
from portal.declaration import Feature
from portal.freshness import jobs, reactions
from portal.freshness.demo import DEMO
from portal.freshness.invariants import checks
from portal.freshness.policies import RULES
from portal.freshness.privacy import PART
from portal.freshness.views import bp, waiting
from portal.freshness.visible import VISIBLE
from portal.ground.jobs import Periodic
from portal.mail import Kind

FEATURE = Feature(
    name="freshness",
    blueprints=[bp],
    rules=RULES,
    answers=[(PeopleJoined, reactions.people_joined)],
    privacy=PART,
    visible=VISIBLE,
    checks=checks,
    to_do=[waiting],
    periodic=[Periodic("confirmations", 60, jobs.ask_all, lane="calendar", longest=30)],
    mail_kinds=[Kind.PROFILE_CONFIRMATION, Kind.PROFILE],
    demo=DEMO,
)

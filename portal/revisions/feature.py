"""What revisions give to the whole: the history of things, which the features above declare and show."""

from portal.accounts.facts import PeopleJoined
from portal.declaration import Feature
from portal.ground.jobs import Periodic
from portal.revisions import reactions, services
from portal.revisions.privacy import PART

FEATURE = Feature(
    name="revisions",
    blueprints=[],
    answers=[(PeopleJoined, reactions.people_joined)],
    privacy=PART,
    periodic=[Periodic("old revisions", 24 * 60, services.thin_out)],
)

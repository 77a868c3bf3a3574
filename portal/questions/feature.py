"""What typed questions give to the whole. Their pages belong to the features that ask."""

from portal.declaration import Feature
from portal.ground.jobs import Periodic
from portal.questions import services
from portal.questions.privacy import PART

FEATURE = Feature(
    name="questions",
    blueprints=(),
    privacy=PART,
    periodic=[Periodic("answers without an owner", 24 * 60, services.remove_unused)],
)

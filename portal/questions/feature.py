"""What typed questions give to the whole. Their pages belong to the features that ask."""

from portal.accounts.facts import PeopleJoined
from portal.declaration import Coded, Feature
from portal.ground.jobs import Periodic
from portal.questions import reactions, services
from portal.questions.models import Question, QuestionKind
from portal.questions.privacy import PART
from portal.questions.visible import VISIBLE

FEATURE = Feature(
    name="questions",
    blueprints=(),
    answers=[(PeopleJoined, reactions.people_joined)],
    privacy=PART,
    visible=VISIBLE,
    codes=[Coded(Question.kind, QuestionKind, "question_kind")],
    periodic=[Periodic("answers without an owner", 24 * 60, services.remove_unused)],
)

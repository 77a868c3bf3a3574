"""What messages give to the whole: words to many, in the name of what features declare."""

from portal.accounts.facts import PeopleJoined
from portal.declaration import Coded, Feature, TaskKind
from portal.ground.jobs import Periodic
from portal.messages import reactions, services
from portal.messages.models import Message, MessageStatus
from portal.messages.policies import RULES, SIGHTS
from portal.messages.privacy import PART
from portal.messages.services.states import MESSAGES
from portal.messages.views import bp, page_of_task, told
from portal.messages.visible import VISIBLE
from portal.words.i18n import _l

FEATURE = Feature(
    name="messages",
    blueprints=[bp],
    rules=RULES,
    sights=SIGHTS,
    answers=[(PeopleJoined, reactions.people_joined)],
    privacy=PART,
    visible=VISIBLE,
    codes=[Coded(Message.status, MessageStatus, "message_status")],
    states=[MESSAGES],
    periodic=[Periodic("receivers of messages", 24 * 60, services.forget_old)],
    tasks=[
        TaskKind(
            services.TASK,
            _l("Sending a message to many"),
            total=services.total,
            following=services.following,
            work=services.deliver,
            spoilt=services.spoilt,
            ended=services.ended,
            told=told,
            page=page_of_task,
            reasons={services.GONE: _l("Those who were to get this message cannot be found any more.")},
        )
    ],
)

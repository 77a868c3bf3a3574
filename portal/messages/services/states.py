"""The states of a message: a draft, on its way, sent; or stopped, from where it can go on."""

from portal.accounts.models import Person
from portal.ground import states
from portal.ground.errors import Refusal
from portal.ground.states import START
from portal.messages import policies
from portal.messages.fields import NO_BODY, NO_SUBJECT
from portal.messages.models import Message, MessageStatus
from portal.words.i18n import _l

S = MessageStatus
Side = states.Side[Person, Message]
Step = states.Step[Person, Message]
Move = states.Move[Person, Message]

WRITERS = Side("whoever may write in its name", policies.speaks)
WORKER = Side("the worker", lambda by, message: False, itself=True)


def there_are_words(message: Message) -> None:
    if not message.subject.source:
        raise Refusal(NO_SUBJECT)
    if not message.body.source:
        raise Refusal(NO_BODY)


def _began(move: Move) -> None:
    move.row.sent_at, move.row.sent_by, move.row.ended_at = move.at, move.by.id if move.by else None, None


def _goes_on(move: Move) -> None:
    move.row.ended_at = None


def _ended(move: Move) -> None:
    move.row.ended_at = move.at


MESSAGES = states.States(
    Message, "status", MessageStatus, "message_status",
    steps=(
        Step(START, S.DRAFT, WRITERS),
        Step(S.DRAFT, S.SENDING, WRITERS, "message.sent", guards=[there_are_words], effects=[_began]),
        Step(S.SENDING, S.SENT, WORKER, effects=[_ended]),
        Step(S.SENDING, S.STOPPED, WORKER, effects=[_ended]),
        Step(S.STOPPED, S.SENDING, WRITERS, "message.resumed", effects=[_goes_on]),
    ),
    otherwise=_l("The message is on its way already. The page shows how far it is."),
    detail=lambda message: {"sender": f"{message.sender}:{message.sender_number}", "audience": message.audience},
)  # fmt: skip

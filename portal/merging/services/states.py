"""The states of a request: who says yes or no, who takes it back."""

from collections.abc import Callable

from portal import mail
from portal.accounts.models import Person
from portal.ground import states
from portal.ground.states import START
from portal.merging import mails, policies
from portal.merging.models import MergeRequest, RequestState
from portal.organisations import queries as organisations
from portal.words.i18n import _l

S = RequestState
Side = states.Side[Person, MergeRequest]
Step = states.Step[Person, MergeRequest]
Move = states.Move[Person, MergeRequest]
Words = Callable[[MergeRequest, Person], mail.Message]

ASKING = Side("owners of the profile that asks", policies.may_withdraw)
ASKED = Side("owners of the profile that is asked", policies.may_decide)
OTHER = Side("another merge of one of the two", lambda by, row: False, itself=True)


def _decided(move: Move) -> None:
    move.row.decided_at, move.row.decided_by = move.at, move.by.id if move.by else None


def _letter(to: str, words: Words, whose: Callable[[MergeRequest], int]) -> states.Letter[Person, MergeRequest]:
    def send(move: Move) -> None:
        organisation = organisations.by_number(whose(move.row))
        assert organisation is not None
        for person in organisations.owners_of(organisation):
            if person.email:
                mail.queue(words(move.row, person))

    return states.Letter(to, words.__name__, send)


REQUESTS = states.States(
    MergeRequest, "state", RequestState, "merge_state",
    steps=(
        Step(
            START, S.WAITING, ASKING,
            mails=[_letter("owners of the profile that is asked", mails.asked, lambda row: row.asked_id)],
        ),
        Step(S.WAITING, S.MERGED, ASKED, effects=[_decided]),
        Step(
            S.WAITING, S.DECLINED, ASKED, effects=[_decided],
            mails=[_letter("owners of the profile that asks", mails.declined, lambda row: row.asking_id)],
        ),
        Step(S.WAITING, S.WITHDRAWN, OTHER, effects=[_decided]),
        Step(S.WAITING, S.WITHDRAWN, ASKING, effects=[_decided]),
    ),
    otherwise=_l("Somebody else has answered in the meantime. The page shows what is true now."),
)  # fmt: skip

"""Writing a message: its words in one language after the other, until it is sent."""

from collections.abc import Mapping

from portal.accounts.models import Person
from portal.ground import audit
from portal.ground.authz import Portal, demand
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal, Refusals, check_version
from portal.ground.locks import locked_if_there
from portal.ground.states import begin
from portal.messages import queries
from portal.messages.fields import MESSAGE, NO_BODY, NO_SUBJECT
from portal.messages.models import Message, MessageStatus
from portal.messages.policies import Permission
from portal.messages.queries import Place
from portal.messages.services.states import MESSAGES
from portal.words.fields import Given
from portal.words.i18n import _l

MOST_DRAFTS = 40
NO_OPTION = _l("This is there no more. Choose again who gets the message.")
NO_AUDIENCE = _l("Choose who gets the message.")
ON_ITS_WAY = _l("This message has been sent and its words stay as they were. Write a new one.")


def create(
    place: Place, *, audience: str, narrowed: Mapping[str, str] | None = None, language: str, by: Person | Portal,
    **words: object,
) -> Message:  # fmt: skip
    """A draft in one language, to one of the audiences that the place has; `narrowed` to an option of some of its lists."""
    given = MESSAGE.given_new(words).check()
    with transaction() as session:
        demand(Permission.WRITE, place, by=by)
        _check_audience(place, audience)
        chosen = _chosen(place, narrowed or {})
        if queries.drafts_of(place) >= MOST_DRAFTS:
            raise Refusal(_l("There are many drafts already. Send or delete one first."))
        message = Message(
            sender=place.kind.code, sender_number=place.number, audience=audience, narrowed=chosen,
            author_id=by.id,
            **MESSAGE.new(given, language),
        )  # fmt: skip
        session.add(message)
        session.flush()
        begin(MESSAGES, message, by=by)
        audit.record("message.written", message, actor=by)
        return message


def update(
    message: Message, *, version: int, language: str, audience: str = "", narrowed: Mapping[str, str] | None = None,
    by: Person | Portal, **words: object,
) -> None:  # fmt: skip
    """Write the words in one language, the original or another; in another both or neither. Without an `audience` it stays
    with what narrows it.

    Raises Stale with the stored words when somebody else has saved since `version`, Conflict when it is a draft no more.
    """
    given = (MESSAGE.in_any_language).given(words).check()
    with transaction() as session:
        row = locked_draft(message.id)
        demand(Permission.EDIT, row, by=by)
        theirs = MESSAGE.read(row, language) | ({"audience": row.audience} if audience else {})
        check_version(row, version, theirs)
        _check_pair(given, needed=language == row.subject.original)
        if audience:
            place = queries.place_of(row)
            assert place is not None
            _check_audience(place, audience)
            row.audience = audience
            row.narrowed = _chosen(place, narrowed or {})
        MESSAGE.write(row, given, language)
        session.flush()
        audit.record("message.changed", row, detail={"language": language}, actor=by)


def delete(message: Message, *, by: Person | Portal) -> None:
    """Delete a draft for good; what was sent stays in the log. Raises Conflict when it is a draft no more."""
    with transaction() as session:
        row = locked_draft(message.id)
        demand(Permission.EDIT, row, by=by)
        audit.record("message.deleted", row, actor=by)
        session.flush()
        session.delete(row)


def locked_draft(number: int) -> Message:
    """A message that nobody has sent yet, ours until the end of the transaction."""
    row = locked_if_there(Message, number)
    if row is None:
        raise Conflict(_l("This message has been deleted in the meantime."))
    if row.status != MessageStatus.DRAFT:
        raise Conflict(ON_ITS_WAY)
    return row


def _check_audience(place: Place, audience: str) -> None:
    if place.kind.audience(audience) is None:
        raise Refusal(NO_AUDIENCE, field="audience")


def _chosen(place: Place, narrowed: Mapping[str, str]) -> dict[str, str]:
    """What was really chosen. Refuses an option that is there no more: the message would reach nobody, or the wrong ones."""
    chosen = {code: option for code, option in narrowed.items() if option}
    known = {
        one.code: dict(one.offered(place.row, chosen[one.code])) for one in place.kind.narrowings if one.code in chosen
    }
    gone = [code for code, option in chosen.items() if option not in known.get(code, ())]
    if gone:
        raise Refusals([Refusal(NO_OPTION, field=f"by_{code}") for code in gone])
    return chosen


def _check_pair(given: Given, *, needed: bool) -> None:
    """Nobody gets a subject in one language over a text in another."""
    subject, body = given.text("subject"), given.text("body")
    missing = []
    if not subject and (needed or body):
        missing.append(Refusal(NO_SUBJECT, field="subject"))
    if not body and (needed or subject):
        missing.append(Refusal(NO_BODY, field="body"))
    given.check(*missing)

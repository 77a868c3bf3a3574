"""What registration says and does about facts of events; `portal.features` lists which answers which."""

from collections.abc import Sequence

from portal.accounts.facts import AddressChanged, PeopleJoined
from portal.events import queries as events
from portal.events.facts import (
    EventCancelled,
    EventChanged,
    EventCopied,
    EventPostponed,
    RoomChanged,
    SessionCancelled,
    SessionChanged,
)
from portal.merging.facts import OrganisationsMerged
from portal.registration import queries, services
from portal.registration.needs import SMALLEST
from portal.registration.services.people import follow_address, join_people
from portal.words.i18n import LazyString, Localized, _l, _ln, current_language
from portal.words.vocabularies import label


def people_joined(fact: PeopleJoined) -> None:
    join_people(gone_id=fact.gone_id, kept_id=fact.kept_id)


def address_changed(fact: AddressChanged) -> None:
    follow_address(fact)


def organisations_merged(fact: OrganisationsMerged) -> None:
    """Whoever named the lost one takes part for the kept one."""
    services.follow_merge(fact.lost_id, fact.kept_id)


def merge_preview(fact: OrganisationsMerged) -> list[LazyString]:
    """How many registrations go over, before two profiles are merged."""
    n = services.going_over(fact.lost_id)
    return [_ln("%(n)s registration goes over.", "%(n)s registrations go over.", n)] if n else []


def session_changed(fact: SessionChanged) -> None:
    services.session_changed(fact)


def session_cancelled(fact: SessionCancelled) -> None:
    services.session_cancelled(fact)


def event_changed(fact: EventChanged) -> None:
    services.event_changed(fact)


def event_postponed(fact: EventPostponed) -> None:
    services.event_postponed(fact)


def event_copied(fact: EventCopied) -> None:
    services.copy_reserves(fact)


def event_cancelled(fact: EventCancelled) -> None:
    services.event_cancelled(fact)


def preview(
    fact: SessionChanged | SessionCancelled | EventChanged | EventPostponed | EventCancelled,
) -> Sequence[LazyString]:
    """Whom a change touches, before it is made: those whom `services` will tell, and nobody else."""
    touched = services.touched_by(fact)
    sentences = []
    if n := len(touched.placed):
        sentences.append(
            _ln(
                "%(n)s person has a place and will get an e-mail.",
                "%(n)s people have a place and will get an e-mail.",
                n,
            )
        )
    if n := len(touched.waiting):
        sentences.append(
            _ln(
                "%(n)s person is waiting and will get an e-mail.", "%(n)s people are waiting and will get an e-mail.", n
            )
        )
    if n := len(touched.clashing):
        sentences.append(
            _ln(
                "%(n)s person will have two workshops at the same time.",
                "%(n)s people will have two workshops at the same time.",
                n,
            )
        )
    return [*sentences, *([*_crowded_by(fact), *_lacking_in(fact)] if isinstance(fact, SessionChanged) else ())]


def _crowded_by(fact: SessionChanged) -> Sequence[LazyString]:
    """The room into which a session moves is too small for its people."""
    number = fact.new.room_id if fact.old and fact.old.room_id != fact.new.room_id else None
    capacity = None if number is None else events.capacity_of(number)
    if number is None or capacity is None:
        return []
    return [_too_small(capacity, n) for _title, n in queries.crowded(number, capacity, only=fact.session_id)]


def _lacking_in(fact: SessionChanged) -> Sequence[LazyString]:
    """The room into which a session moves lacks what somebody needs: what it is, never who, and a number only where it
    points at nobody."""
    number, event = fact.new.room_id, events.find(fact.event_id)
    if number is None or event is None or fact.old is None or fact.old.room_id == number:
        return []
    return [
        _lacks_for(n, label("venue_access", feature))
        for feature, n in queries.lacking_in(event, number, fact.session_id).items()
    ]


def _lacks_for(n: int, feature: str) -> LazyString:
    if n < SMALLEST:
        return _l("Somebody with a place needs what the room does not have: %(feature)s.", feature=feature)
    return _ln(
        "%(n)s person needs what the room does not have: %(feature)s.",
        "%(n)s people need what the room does not have: %(feature)s.",
        n,
        feature=feature,
    )


def room_preview(fact: RoomChanged) -> Sequence[LazyString]:
    """In which sessions more people have a place than the room holds."""
    if fact.capacity is None:
        return []
    return [
        LazyString(_about, title, _too_small(fact.capacity, n))
        for title, n in queries.crowded(fact.room_id, fact.capacity)
    ]


def _about(title: Localized, sentence: LazyString) -> str:
    return f"{title.shown_in(current_language()).text}: {sentence}"


def _too_small(capacity: int, taken: int) -> LazyString:
    return _ln(
        "%(n)s person has a place, and the room holds %(capacity)s.",
        "%(n)s people have a place, and the room holds %(capacity)s.",
        taken,
        capacity=capacity,
    )

"""What registration says and does about facts of events; `portal.features` lists which answers which."""

from collections.abc import Sequence

from portal.accounts.facts import AddressChanged, PeopleJoined
from portal.events.facts import EventCancelled, EventChanged, SessionCancelled, SessionChanged
from portal.registration import queries, services
from portal.registration.services.following import is_elsewhere, is_moved
from portal.registration.services.people import follow_address, join_people
from portal.words.i18n import LazyString, _ln


def people_joined(fact: PeopleJoined) -> None:
    join_people(gone_id=fact.gone_id, kept_id=fact.kept_id)


def address_changed(fact: AddressChanged) -> None:
    follow_address(fact)


def session_changed(fact: SessionChanged) -> None:
    services.session_changed(fact)


def session_cancelled(fact: SessionCancelled) -> None:
    services.session_cancelled(fact)


def event_changed(fact: EventChanged) -> None:
    services.event_changed(fact)


def event_cancelled(fact: EventCancelled) -> None:
    services.event_cancelled(fact)


def preview_session(fact: SessionChanged) -> Sequence[LazyString]:
    """Whom moving a session touches. More or fewer seats take nothing from anybody."""
    if fact.old is None or not is_moved(fact.old, fact.new):
        return []
    return _session_sentences(fact.session_id)


def preview_session_cancelled(fact: SessionCancelled) -> Sequence[LazyString]:
    return _session_sentences(fact.session_id)


def _session_sentences(session_id: int) -> list[LazyString]:
    booked, waiting = queries.session_numbers(session_id)
    return _sentences(booked, waiting)


def preview_event(fact: EventChanged) -> Sequence[LazyString]:
    """Whom another date or place of an event touches."""
    if fact.old is None or not is_elsewhere(fact.old, fact.new):
        return []
    return _event_sentences(fact.event_id)


def preview_event_cancelled(fact: EventCancelled) -> Sequence[LazyString]:
    return _event_sentences(fact.event_id)


def _event_sentences(event_id: int) -> list[LazyString]:
    confirmed, waiting, _unverified = queries.registration_numbers(event_id)
    return _sentences(confirmed, waiting)


def _sentences(booked: int, waiting: int) -> list[LazyString]:
    sentences = []
    if booked:
        sentences.append(
            _ln(
                "%(n)s person has a place and will get an e-mail.",
                "%(n)s people have a place and will get an e-mail.",
                booked,
            )
        )
    if waiting:
        sentences.append(_ln("%(n)s person is waiting.", "%(n)s people are waiting.", waiting))
    return sentences

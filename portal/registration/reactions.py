"""What registration says and does about facts of events; `portal.features` lists which answers which."""

from collections.abc import Sequence

from portal.accounts.facts import AddressChanged, PeopleJoined
from portal.events.facts import (
    EventCancelled,
    EventChanged,
    EventCopied,
    EventPostponed,
    SessionCancelled,
    SessionChanged,
)
from portal.merging.facts import OrganisationsMerged
from portal.registration import services
from portal.registration.services.people import follow_address, join_people
from portal.words.i18n import LazyString, _ln


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
    return sentences

"""What people say to a change of the programme: keep it, something else at the earlier time, or give it up."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from portal.ground import clock
from portal.ground.db import transaction
from portal.ground.errors import Conflict
from portal.registration import queries
from portal.registration.models import BookingStatus, Notice
from portal.registration.services.changing import change, check_running, lock
from portal.registration.services.wishes import Wish
from portal.words.i18n import _l

CHANGED_AGAIN = _l("The programme has changed again. The page shows what is true now.")


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants of one change: to keep what they have (`keeps`), and what `instead` of it, if anything."""

    keeps: bool
    instead: Wish | None = None


def choose(registration_id: int, *, choices: Mapping[int, Choice]) -> bool:
    """Do what somebody says to changes, by the session that has changed; says whether their workshops are others now.

    Whatever else they have stays. A change that has changed again since they read of it is a Conflict: nothing is done.
    All or nothing, as of `change`. Whoever has lost the place itself, because its session does not take place, stands first in
    the waiting list of what they choose instead.
    """
    with transaction() as session:
        event, registration = lock(session, registration_id)
        check_running(event)
        known = {one.session.id: one for one in queries.changes_of(registration_id)}
        if set(choices) - set(known):
            raise Conflict(CHANGED_AGAIN)
        lost = [number for number, one in choices.items() if not one.keeps or known[number].place is None]
        instead = {number: one.instead for number, one in choices.items() if one.instead and number in lost}
        is_other = False
        if [number for number in lost if known[number].place] or instead:
            coming = [one for one in queries.places([registration_id]) if one.span.starts > clock.now()]
            kept = [one for one in coming if one.session_id not in lost]
            wanted = [Wish(one.session_id, waits=one.status == BookingStatus.WAITING) for one in kept]
            is_other = change(
                registration_id, version=registration.row_version, name=registration.name, affiliation=registration.affiliation,
                wanted=[*wanted, *instead.values()],
                front=[wish.session_id for number, wish in instead.items() if known[number].is_displaced],
            )  # fmt: skip
        answered = [known[number].notice.id for number in choices]
        session.execute(sa.delete(Notice).where(Notice.id.in_(answered)))
    return is_other

"""The time of a group: the day on which it ends, and the day on which it became a registered organisation."""

import datetime as dt
from collections.abc import Mapping

from portal.accounts.models import Person
from portal.ground import audit, clock
from portal.ground.authz import PORTAL, demand
from portal.ground.batches import each
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.locks import locked, locked_if_there
from portal.organisations import services as organisations
from portal.organisations.models import Organisation
from portal.trust import mails, queries
from portal.trust.models import GroupLife, Registering
from portal.trust.policies import Permission
from portal.trust.services.shortages import look_at
from portal.trust.services.states import WHY
from portal.trust.services.telling import tell
from portal.words.i18n import _l

ZONE = "Europe/Warsaw"
ON_ITS_OWN_PAGE = _l(
    "A group that is registered now says so on the page “Trust in the profile”. Its profile, its address and its history "
    "stay."
)
DECIDED = _l("Somebody else has decided in the meantime. The page shows what is true now.")


def set_end(organisation: Organisation, *, ends_on: dt.date | None, by: Person) -> None:
    """Say until when a group wants to be there, or that it has no end. The day lies ahead."""
    with transaction():
        group = locked(Organisation, organisation.id)
        demand(Permission.SET_END, group, by=by)
        if ends_on is not None and ends_on <= clock.today(ZONE):
            raise Refusal(_l("Enter a day that lies ahead, or leave the field empty."), field="ends_on")
        life = _life(group.id)
        life.ends_on = ends_on
        audit.record("trust.end_set", group, detail={"ends_on": str(ends_on or "")}, actor=by)


def _life(organisation_id: int) -> GroupLife:
    life = locked_if_there(GroupLife, organisation_id)
    if life is None:
        life = GroupLife(organisation_id=organisation_id)
        db.session.add(life)
    return life


def ask_registering(
    organisation: Organisation, *, legal_form: str, numbers: Mapping[str, str], by: Person
) -> Registering:  # fmt: skip
    """Say that a group is registered now. Whoever oversees it compares; until then the profile stays as it is.

    Raises Refusals with what is to be corrected.
    """
    with transaction() as session:
        group = locked(Organisation, organisation.id)
        demand(Permission.ASK_REGISTERING, group, by=by)
        found = organisations.check_registration(group, legal_form, numbers)
        if not found:
            raise Refusal(_l("Enter at least one number from a register."))
        if queries.open_registering(group.id) is not None:
            raise Conflict(_l("This was sent already. The answer comes by e-mail."))
        asked = Registering(
            organisation=group, legal_form=legal_form, numbers={k: v for k, v in numbers.items() if v}, asked_by=by.id
        )
        session.add(asked)
        session.flush()
        audit.record("trust.registering_asked", group, detail={"form": legal_form}, actor=by)
        tell(queries.deciders(group.id), lambda person: mails.registering_asked(asked, person))
    return asked


def accept_registering(asked: Registering, *, by: Person) -> None:
    """Let the group be a registered organisation from today, with the same profile."""
    with transaction():
        group = locked(Organisation, asked.organisation_id)
        current = _open(asked, by)
        current.decided_at, current.decided_by, current.accepted = clock.now(), by.id, True
        db.session.flush()
        organisations.register(group, legal_form=current.legal_form, numbers=current.numbers, by=PORTAL)
        audit.record("trust.registering_accepted", group, actor=by)
        _tell(current)


def refuse_registering(asked: Registering, *, reason: str, by: Person) -> None:
    """Leave the group what it is, with a reason that its people read."""
    with transaction():
        group = locked(Organisation, asked.organisation_id)
        current = _open(asked, by)
        if not reason.strip():
            raise Refusal(WHY, field="reason")
        current.decided_at, current.decided_by, current.reason = clock.now(), by.id, reason.strip()
        audit.record("trust.registering_refused", group, actor=by)
        _tell(current)


def _open(asked: Registering, by: Person) -> Registering:
    current = locked(Registering, asked.id)
    demand(Permission.DECIDE_REGISTERING, current, by=by)
    if current.decided_at is not None:
        raise Conflict(DECIDED)
    return current


def _tell(current: Registering) -> None:
    tell(queries.owners(current.organisation_id), lambda person: mails.registering_decided(current, person))


def follow_legal_form(organisation_id: int, *, was_informal: bool) -> None:
    """A group that was public does not become registered by an edit; when it has become so, its past is noted."""
    group = locked(Organisation, organisation_id)
    if not was_informal or group.informal:
        return
    asked = queries.open_registering(organisation_id)
    if group.published_at is not None and not queries.was_accepted(group):
        raise Refusal(ON_ITS_OWN_PAGE, field="legal_form")
    if asked is not None:
        locked(Registering, asked.id).decided_at = clock.now()
    if group.published_at is not None:
        _life(organisation_id).informal_until = clock.now()
    look_at(group)


def remind_of_ends() -> int:
    """Remind the owners of groups a month before their end; returns how many groups. Each day once."""
    return each("ends of groups", queries.ending(clock.today(ZONE) + mails.MONTH), _remind)


def _remind(number: int) -> int:
    with transaction():
        group, life = locked(Organisation, number), locked(GroupLife, number)
        if life.ends_on is None or life.told_of == life.ends_on:
            return 0
        day = life.told_of = life.ends_on
        tell(queries.owners(number), lambda person: mails.group_ends(group, day, person))
        return 1

"""Calls of a programme: made, written, given their areas, deleted while nobody has seen them."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from portal.accounts.models import Person
from portal.areas import queries as areas
from portal.areas.models import Area, AreaKind
from portal.grants import deadlines, queries
from portal.grants.fields import CALL, NO_TITLE
from portal.grants.models import Call, CallArea, CallStatus, Programme
from portal.grants.policies import Permission
from portal.grants.services.call_rules import checked, is_taking
from portal.grants.services.call_states import CALLS
from portal.grants.services.locking import locked_call, locked_programme, reindex
from portal.ground import audit, clock
from portal.ground.authz import Portal, demand
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal, check_version
from portal.words.i18n import _l, _ln
from portal.words.slugs import again_when_taken, free_slug

MOST_AREAS = 50  # of one call


@again_when_taken
def create_call(programme: Programme, *, language: str, by: Person | Portal, **values: object) -> Call:
    """A draft of a call with some fields of CALL, all texts in one language. Times are wall times of its zone.

    Raises Refusals with all that is to be corrected, also a number that another call of the programme has.
    """
    given = CALL.given_new(values)
    with transaction() as session:
        current = locked_programme(programme.id)
        demand(Permission.MAKE_CALL, current, by=by)
        given = checked(given, faults=_number_faults(current.id, given.text("number")))
        call = Call(
            slug=free_slug(given.text("title"), Call.slug, fallback="call"), programme_id=current.id,
            currency=current.currency, status=CALLS.born(CallStatus.DRAFT), **CALL.new(given, language),
        )  # fmt: skip
        session.add(call)
        session.flush()
        audit.record("grants.call-created", call, detail={"title": given["title"]}, actor=by)
    return call


def update_call(call: Call, *, language: str, version: int, by: Person | Portal, **values: object) -> None:
    """Write a call anew, its texts in one language. Raises Stale when somebody else has saved since, and Refusals: of a
    public call the deadline moves only by an extension, its money stays, nothing that it needs is taken away, and what people
    apply by already stays as it was announced."""
    given = CALL.given(values)
    with transaction() as session:
        row = locked_call(call.id)
        demand(Permission.CHANGE_CALL, row, by=by)
        check_version(row, version, read_call(row, language))
        faults = [] if given["title"] or language != row.title.original else [Refusal(NO_TITLE, field="title")]
        faults += _number_faults(row.programme_id, given.text("number"), but=row.id)
        given = checked(given, row, faults, language=language)
        CALL.write(row, given, language)
        session.flush()
        reindex(row)
        audit.record("grants.call-changed", row, detail={"language": language}, actor=by)


def read_call(call: Call, language: str) -> Mapping[str, object]:
    """What is stored in one language, by field, the deadline as people write it."""
    found = CALL.read(call, language, call.timezone)
    if call.closes_at is not None:
        found["closes_at"] = deadlines.typed(clock.to_wall(call.closes_at, call.timezone))
    return found


def set_call_areas(call: Call, *, version: int, codes: Sequence[str], by: Person | Portal) -> None:
    """Say by their codes where grants are given. The code of a country means all of it.

    Raises Stale like `update_call`, and Refusals: a public call has an area, and keeps each one once people apply.
    """
    with transaction() as session:
        row = locked_call(call.id)
        demand(Permission.CHANGE_CALL, row, by=by)
        before = [place.code for place in queries.places_of(row.id)]
        check_version(row, version, {"areas": before})
        known = {area.code: area for area in session.scalars(sa.select(Area).where(Area.code.in_(codes)))}
        _check_areas(row, known, codes, {*before})
        session.execute(sa.delete(CallArea).where(CallArea.call_id == row.id))
        session.add_all(CallArea(call_id=row.id, area_id=known[code].id) for code in dict.fromkeys(codes))
        flag_modified(row, "number")  # its areas may have changed where no column of it has: a new version
        session.flush()
        audit.record("grants.call-changed", row, detail={"areas": [*codes]}, actor=by)


def delete_call(call: Call, *, by: Person | Portal) -> None:
    """Delete a draft for good. Refuses what is or was public: that is cancelled and kept."""
    with transaction() as session:
        row = locked_call(call.id)
        if row.status != CallStatus.DRAFT:
            raise Refusal(_l("This call was published, so it stays. It can be cancelled."))
        demand(Permission.DELETE, row, by=by)
        audit.record("grants.call-deleted", row, detail={"title": row.title.as_json()}, actor=by)
        session.flush()
        session.delete(row)


def _number_faults(programme_id: int, number: str, but: int | None = None) -> list[Refusal]:
    taken = sa.select(Call.id).where(Call.programme_id == programme_id, Call.number == number, Call.id != (but or 0))
    if db.session.scalar(taken) is None:
        return []
    return [Refusal(_l("Another call of this programme has this number. Choose the next one."), field="number")]


def _check_areas(call: Call, known: Mapping[str, Area], codes: Sequence[str], kept: set[str]) -> None:
    kinds = {*areas.CHOSEN, AreaKind.COUNTRY}
    if any(
        code not in known or known[code].kind not in kinds or (known[code].retired_at is not None and code not in kept)
        for code in codes
    ):
        raise Refusal(_l("Choose places that were found."), field="areas")
    if len(set(codes)) > MOST_AREAS:
        most = _ln("Choose at most %(n)s place.", "Choose at most %(n)s places.", MOST_AREAS)
        raise Refusal(most, field="areas")
    if codes and is_taking(call) and not kept <= {*codes}:
        words = _l("Applications are taken already, so places can be added, and none is taken away.")
        raise Refusal(words, field="areas")
    if not codes and call.status != CallStatus.DRAFT:
        raise Refusal(_l("The call is public, so this is needed."), field="areas")

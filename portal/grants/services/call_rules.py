"""What is true of a call: its wall times exist, its amounts fit together, and what a public one needs is there."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import cast

from portal.grants import deadlines
from portal.grants.fields import CALL, LIMITS
from portal.grants.models import Call, CallStatus
from portal.ground import clock
from portal.ground.errors import Refusal
from portal.projects.amounts import CENT, MOST
from portal.words.fields import Field, Given, Kind
from portal.words.i18n import _l
from portal.words.moments import instant

TWICE = _l("On that night the clocks go back and this hour comes twice. Choose another time.")
POOL = "pool"  # stays from the announcement on
MONEY = ("smallest", "largest", "pool")
PROMISED = [one.name for one in CALL if one.kind in (Kind.DECIMAL, Kind.NUMBER, Kind.SEVERAL) and one.name != POOL]
BY_EXTENSION = _l("The call is public, so its deadline moves only forward and by two people. Ask for an extension.")

POOL_STAYS = _l("The call is public, so the money for all grants stays as it was announced.")
STAYS = _l("Applications are taken already, so this stays as it was announced.")


def is_taking(call: Call) -> bool:
    """Do people apply already, by what was announced? Then one person of the operator changes none of it."""
    return call.status == CallStatus.PUBLISHED and call.opens_at is not None and call.opens_at <= clock.now()


def once(wall: dt.datetime | None, zone: str, field: str, refused: list[Refusal]) -> dt.datetime | None:
    """The instant of a wall time; an hour that does not exist, or comes twice, is added to `refused`."""
    if wall is not None and clock.comes_twice(wall, zone):
        refused.append(Refusal(TWICE, field=field))
        return None
    return instant(wall, zone, field, refused)


def closing(wall: dt.datetime | None, zone: str, field: str, refused: list[Refusal]) -> dt.datetime | None:
    """The instant before which something has to arrive, of the deadline that was typed."""
    return once(deadlines.meant(wall) if wall else None, zone, field, refused)


def checked(given: Given, call: Call | None = None, faults: Iterable[Refusal] = (), *, language: str = "") -> Given:
    """The values with instants for wall times and amounts as they will be read again. Raises Refusals with all at once, those
    that somebody else has found too.

    `call` is the row that they are for, its texts in a `language`: of a public one the deadline stays, and nothing that it
    needs is taken away.
    """
    refused, zone = [*faults], given.text("timezone")
    opens = once(given.moment("opens_at"), zone, "opens_at", refused)
    closes = closing(given.moment("closes_at"), zone, "closes_at", refused)
    if opens and closes and closes <= opens:
        refused.append(
            Refusal(_l("The deadline comes before the first day to apply. Choose a later one."), field="closes_at")
        )
    amounts, wrong = _amounts(given)
    if call is not None and call.status == CallStatus.PUBLISHED:
        refused += _public_faults(call, given, opens, closes, language)
    given.check(*refused, *wrong)
    return given.replaced({"opens_at": opens, "closes_at": closes, **amounts})


def _amounts(given: Given) -> tuple[dict[str, object], list[Refusal]]:
    found, faults = dict[str, object](), list[Refusal]()
    for name in MONEY:
        value = cast("Decimal | None", given[name])
        if value is not None and not (0 < value <= MOST and value == round(value, 2)):
            faults.append(Refusal(_l("Enter an amount above 0, with at most two decimals."), field=name))
        found[name] = None if value is None else value.quantize(CENT) if value <= MOST else value
    smallest, largest, pool = (cast("Decimal | None", given[name]) for name in MONEY)
    if smallest and largest and largest < smallest:
        faults.append(Refusal(_l("The largest grant is below the smallest one. Check both amounts."), field="largest"))
    if largest and pool and pool < largest:
        faults.append(
            Refusal(_l("The money for all grants is below the largest grant. Check both amounts."), field="pool")
        )
    return found, faults


def _public_faults(
    call: Call, given: Given, opens: dt.datetime | None, closes: dt.datetime | None, language: str
) -> list[Refusal]:  # fmt: skip
    """Of a public call nothing that it needs is taken away, and its times stay as they were read."""
    faults = []
    for field in CALL.where(lambda one: one.depends and one.kind is not Kind.MOMENT):
        if not given[field.name] and not _is_said_elsewhere(call, field, language):
            faults.append(Refusal(_l("The call is public, so this is needed."), field=field.name))
    if closes != call.closes_at or given["timezone"] != call.timezone:
        faults.append(Refusal(BY_EXTENSION, field="closes_at"))
    if opens != call.opens_at and (opens is None or is_taking(call)):
        words = _l("Applications are taken already. Their first day stays.")
        faults.append(Refusal(words, field="opens_at"))
    if given[POOL] and given[POOL] != call.pool:
        faults.append(Refusal(POOL_STAYS, field=POOL))
    if is_taking(call):
        faults += [Refusal(STAYS, field=name) for name in _promised(call, given)]
    return faults


def _promised(call: Call, given: Given) -> list[str]:
    """What people applied by and what is another thing now; what is taken away is told otherwise."""
    stored = CALL.read(call, call.title.original, call.timezone)
    gone = (None, "", ())
    return [name for name in PROMISED if given[name] != stored[name] and (name in LIMITS or given[name] not in gone)]


def _is_said_elsewhere(call: Call, field: Field, language: str) -> bool:
    """A text that is empty in one language is shown in another one."""
    return field.translated and any(one != language for one in getattr(call, field.stored).languages)

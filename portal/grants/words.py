"""How calls are told: their deadline with its zone, their amounts, and what follows them."""

import datetime as dt
from collections.abc import Sequence

from portal.grants import deadlines
from portal.grants.fields import LIMITS
from portal.grants.models import Call, CallPhase, CallStatus, Programme
from portal.grants.timetable import Step, steps
from portal.ground import clock
from portal.words.i18n import LazyString, _, _l, _n, current_language, formats
from portal.words.text import capital
from portal.words.vocabularies import label

STEPS: dict[str, LazyString] = {
    "check_days": _l("Formal check"),
    "correction_days": _l("Corrections, once"),
    "assessment_days": _l("Assessment"),
    "appeal_days": _l("Appeals"),
}
GROUPS: dict[str, LazyString] = {  # headings of the list
    CallPhase.OPEN: _l("Open for applications"),
    CallPhase.ANNOUNCED: _l("Announced"),
    CallPhase.CLOSED: _l("Closed"),
}
LOOKS = {CallPhase.ANNOUNCED: "info", CallPhase.OPEN: "ok", CallPhase.CLOSED: ""}


def standing(call: Call) -> tuple[str, str]:
    """What a call is now, and how that looks (of `components/lists.html: state`)."""
    if call.status != CallStatus.PUBLISHED:
        return label("call_status", call.status), "bad" if call.status == CallStatus.CANCELLED else "info"
    phase = call.phase
    assert phase is not None
    return label("call_phase", phase), LOOKS[phase]


def deadline(call: Call) -> str:
    """The day and the hour with the zone, said to everybody: 4 December 2026, 16:00 Warsaw time."""
    return "" if call.closes_at is None else moment(call, call.closes_at)


def hour(call: Call) -> str:
    """The hour of the deadline with its zone."""
    assert call.closes_at is not None
    with formats.every_zone_named():
        return formats.time(deadlines.called(call.closes_at, call.timezone), call.timezone)


def weekday(call: Call) -> str:
    assert call.closes_at is not None
    return capital(formats.weekday(deadlines.called(call.closes_at, call.timezone), call.timezone))


def boundary(call: Call) -> str:
    """What the deadline means to the minute."""
    assert call.closes_at is not None
    if deadlines.is_inclusive(call.closes_at, call.timezone):
        return _("Inclusive: the whole last minute of the day still counts.")
    return _("What arrives at this hour is late.")


def elsewhere(call: Call) -> str:
    """The same deadline by the clock of the reader, where it shows another hour."""
    home = formats.home_zone(current_language())
    if call.closes_at is None or home == call.timezone or current_language() == "en":
        return ""
    with formats.every_zone_named():
        return formats.date_time(deadlines.called(call.closes_at, call.timezone), home)


def left(call: Call) -> str:
    """How many days are left of an open call, counted by the days of its zone."""
    if call.closes_at is None or call.phase != CallPhase.OPEN:
        return ""
    days = (deadlines.last_day(call.closes_at, call.timezone) - clock.today(call.timezone)).days
    return _n("%(n)s day left", "%(n)s days left", days) if days else _("Today is the last day.")


def opening(call: Call) -> str:
    """From when one can apply, with the zone."""
    if call.opens_at is None:
        return ""
    with formats.every_zone_named():
        return formats.date_time(call.opens_at, call.timezone)


def amount(call: Call) -> str:
    """How much a grant is."""
    if call.smallest is None or call.largest is None:
        return ""
    if call.smallest == call.largest:
        return formats.money(call.largest, call.currency)
    most = formats.money(call.largest, call.currency)
    return _("from %(least)s to %(most)s", least=_once(formats.money(call.smallest, call.currency)), most=most)


def _once(money: str) -> str:
    """An amount without its currency, which follows with the next one; in English it stands before both."""
    return money if current_language() == "en" else money.rpartition(formats.NBSP)[0]


def range_of_grants(call: Call) -> str:
    """How many grants the money is enough for."""
    if call.pool is None or call.smallest is None or call.largest is None:
        return ""
    least, most = int(call.pool // call.largest), int(call.pool // call.smallest)
    if least == most:
        return _n("%(n)s micro-grant", "%(n)s micro-grants", most)
    return _("from %(least)s to %(most)s grants", least=least, most=most)


def applicants(call: Call) -> str:
    """Who may apply, in one line."""
    return ", ".join(label("applicant_kind", code) for code in call.who)


def plan(call: Call) -> Sequence[Step]:
    """What follows the deadline, step by step."""
    if call.closes_at is None:
        return ()
    limits = {name: getattr(call, name) for name in LIMITS}
    return steps(deadlines.last_day(call.closes_at, call.timezone), limits, call.timezone)


def why(step: Step) -> str:
    """Why a step ends on its day: how many working days it has, and which holidays are none."""
    days = _n("%(n)s working day", "%(n)s working days", step.days)
    if not step.off:
        return days
    off = ", ".join(formats.day_month(day) for day in step.off)
    return _("%(days)s, not counting: %(holidays)s", days=days, holidays=off)


def named_deadline(call: Call) -> dt.datetime:
    """The instant whose day is that of the deadline."""
    assert call.closes_at is not None
    return deadlines.called(call.closes_at, call.timezone)


def deadline_day(call: Call) -> str:
    return formats.date(named_deadline(call), call.timezone)


def moment(call: Call, closes_at: dt.datetime) -> str:
    """A deadline of this call, also one that it had before."""
    with formats.every_zone_named():
        return formats.date_time(deadlines.called(closes_at, call.timezone), call.timezone)


def patience(call: Call) -> str:
    """What is promised where the server is busy in the last minute."""
    seconds = call.queue_tolerance_s
    if not seconds:
        return _("What arrives after the deadline is late, whatever the reason.")
    return _n(
        "What was sent before the deadline and waited in the queue of the server for at most %(n)s second is in time.",
        "What was sent before the deadline and waited in the queue of the server for at most %(n)s seconds is in time.",
        seconds,
    )


def period(programme: Programme) -> str:
    """From when to when a programme runs."""
    if programme.ends_on is None:
        return _("from %(date)s", date=formats.date(programme.starts_on))
    return formats.date_range(programme.starts_on, programme.ends_on)

"""Micro-grants of the demo: two operators, and calls that are open, announced, closed and a draft."""

import datetime as dt
from decimal import Decimal
from typing import Any

from portal.accounts.demo import Cast
from portal.accounts.models import Person
from portal.declaration import Demo
from portal.events.demo import working_days
from portal.grants import deadlines
from portal.grants.fields import CALL, LIMITS
from portal.grants.models import Call, Programme
from portal.grants.services import (
    ask_extension,
    confirm_extension,
    create_call,
    name_operator,
    open_programme,
    publish_call,
    set_call_areas,
    update_call,
    update_programme,
)
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.organisations.models import Organisation, Role
from portal.organisations.queries import owners_of, people_of
from portal.projects.models import ZONE
from portal.words.content import content, localized
from portal.words.i18n import Localized

ASKED = dt.timedelta(days=1)  # before today, the deadlines were asked to move
HOUR = dt.time(9)  # at which calls open


def load(cast: Cast) -> None:
    for entry in content(__name__, "grants")["programme"]:
        organisation = cast.the(Organisation, entry["organisation"])
        starts_on = _day(entry["starts_in_days"])
        with clock.frozen(clock.now() - dt.timedelta(days=entry["named_days_ago"])):
            name_operator(organisation, by=PORTAL)
            programme = _programme(entry, organisation, starts_on)
        for one in entry["call"]:
            _call(one, programme, organisation)


def _programme(entry: dict[str, Any], organisation: Organisation, starts_on: dt.date) -> Programme:
    by, texts = owners_of(organisation)[0], _texts(entry, "title", "legal_basis")
    original = texts["title"].original
    rest = {"starts_on": starts_on, "ends_on": None, "currency": entry["currency"]}
    made = open_programme(organisation, language=original, by=by, **_in(texts, original), **rest)
    for language in texts["title"].languages[1:]:
        update_programme(made, language=language, version=made.row_version, by=by, **_in(texts, language), **rest)
    return made


def _call(entry: dict[str, Any], programme: Programme, organisation: Organisation) -> None:
    """Written a day before it opened, or lately; a public one is announced at once."""
    by, texts = owners_of(organisation)[0], _texts(entry, "title", "summary", "description")
    original = texts["title"].original
    written = min(0, entry.get("opens_in_days", 0)) - 1
    rest = _rest(entry)
    with clock.frozen(clock.now() + dt.timedelta(days=written)):
        made = create_call(programme, language=original, by=by, **_in(texts, original), **rest)
        for language in texts["title"].languages[1:]:
            update_call(made, language=language, version=made.row_version, by=by, **_in(texts, language), **rest)
        set_call_areas(made, version=made.row_version, codes=entry["areas"], by=by)
        if not entry.get("draft"):
            publish_call(made, by=by)
    with clock.frozen(clock.now() - ASKED):
        _extend(entry, made, organisation, by)


def _rest(entry: dict[str, Any]) -> dict[str, Any]:
    days = entry.get("days", [None] * len(LIMITS))
    return {
        "number": entry["number"],
        "timezone": entry["zone"],
        "queue_tolerance_s": CALL["queue_tolerance_s"].start,
        "opens_at": dt.datetime.combine(_day(entry["opens_in_days"]), HOUR) if "opens_in_days" in entry else None,
        "closes_at": _moment(entry, _day(entry["closes_in_days"])) if "closes_in_days" in entry else None,
        **{name: Decimal(entry[name]) if name in entry else None for name in ("smallest", "largest", "pool")},
        "applicants": tuple(entry["applicants"]),
        **dict(zip(LIMITS, days, strict=True)),
    }


def _extend(entry: dict[str, Any], call: Call, organisation: Organisation, by: Person) -> None:
    """A deadline that has moved, or waits for a second person."""
    days = entry.get("extended_in_days", entry.get("asked_in_days"))
    if days is None:
        return
    reason = localized(entry["reason"])
    asked = ask_extension(
        call, language=reason.original, by=by, reason=reason.source,
        after_at=_moment(entry, max(_day(days + ASKED.days), _after(call))),
    )  # fmt: skip
    if "extended_in_days" in entry:
        second = next(one for role, one in people_of(organisation) if one.id != by.id and role.role == Role.OWNER)
        confirm_extension(asked, by=second)


def _texts(entry: dict[str, Any], *names: str) -> dict[str, Localized]:
    return {name: localized(entry[name]) if name in entry else Localized("pl") for name in names}


def _in(texts: dict[str, Localized], language: str) -> dict[str, str]:
    return {name: text.get(language) for name, text in texts.items()}


def _after(call: Call) -> dt.date:
    """The day after its deadline."""
    assert call.closes_at is not None
    return deadlines.last_day(call.closes_at, call.timezone) + dt.timedelta(days=1)


def _moment(entry: dict[str, Any], day: dt.date) -> dt.datetime:
    """The wall time of a deadline, on this day or the next working one."""
    return dt.datetime.combine(working_days.next_working(day), dt.time.fromisoformat(entry["closes_at_hour"]))


def _day(days: int) -> dt.date:
    return clock.today(ZONE) + dt.timedelta(days=days)


DEMO = Demo(load=load)

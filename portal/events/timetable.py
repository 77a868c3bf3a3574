"""The programme as a table of hours by rooms. A pure module: it knows neither the database nor a page."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo


class Placed(Protocol):
    """What the table must know of a session."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def starts_at(self) -> dt.datetime: ...
    @property
    def ends_at(self) -> dt.datetime: ...
    @property
    def room_id(self) -> int | None: ...


class Span(Protocol):
    """What the table must know of a slot."""

    @property
    def id(self) -> int: ...
    @property
    def starts_at(self) -> dt.datetime: ...
    @property
    def ends_at(self) -> dt.datetime: ...


@dataclass(frozen=True, slots=True)
class Row:
    """What begins and ends together. `everywhere` are sessions for all, `cells` those of single rooms; `slot_id` is the slot
    of these hours, where whoever makes the programme is looking."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    everywhere: Sequence[Placed]
    cells: Mapping[int, Sequence[Placed]]
    slot_id: int | None = None

    @property
    def sessions(self) -> Sequence[Placed]:
        return [*self.everywhere, *(session for cell in self.cells.values() for session in cell)]

    @property
    def is_pause(self) -> bool:
        return all(session.kind == "break" for session in self.sessions)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the programme in the zone of its event. `rooms` are the columns, in the order of the event's rooms."""

    date: dt.date
    rooms: Sequence[int]
    rows: Sequence[Row]


def days(sessions: Sequence[Placed], rooms: Sequence[int], zone: str) -> list[Day]:
    """The days that have sessions, each as rows by time.

    A session that is alone in its hours, or has no room, stands across the whole row. A session belongs to the day on
    which it begins, even when it ends after midnight.
    """
    by_day: dict[dt.date, list[Placed]] = {}
    for session in sorted(sessions, key=lambda one: (one.starts_at, one.ends_at)):
        by_day.setdefault(session.starts_at.astimezone(ZoneInfo(zone)).date(), []).append(session)
    return [_day(date, found, rooms) for date, found in by_day.items()]


def workbench_days(
    sessions: Sequence[Placed], slots: Sequence[Span], rooms: Sequence[int], zone: str
) -> list[Day]:  # fmt: skip
    """The same for whoever makes the programme: all rooms are columns, and a slot has its row before anything is in it.

    In a slot a session that is alone stands in its room, so that the cells beside it are seen to be empty.
    """
    spans: dict[tuple[dt.datetime, dt.datetime], list[Placed]] = {(one.starts_at, one.ends_at): [] for one in slots}
    slot_of = {(one.starts_at, one.ends_at): one.id for one in slots}
    for session in sessions:
        spans.setdefault((session.starts_at, session.ends_at), []).append(session)
    by_day: dict[dt.date, list[Row]] = {}
    for span in sorted(spans):
        row = _row(*span, spans[span], rooms, slot_id=slot_of.get(span))
        by_day.setdefault(span[0].astimezone(ZoneInfo(zone)).date(), []).append(row)
    return [Day(date, rooms, rows) for date, rows in by_day.items()]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands beside a session on its day: `hour` at its own time, `before` and `after` in the next hours."""

    date: dt.date | None = None
    hour: Sequence[Placed] = ()
    before: Sequence[Placed] = ()
    after: Sequence[Placed] = ()


def neighbours(found: Sequence[Day], number: int) -> Neighbours:
    """The neighbours of the session with this id, pauses left out; one that is on no day has none."""
    for day in found:
        rows = [[one for one in row.sessions if one.kind != "break"] for row in day.rows if not row.is_pause]
        for before, row, after in zip([[], *rows], rows, [*rows[1:], []], strict=False):
            others = [one for one in row if one.id != number]
            if len(others) < len(row):
                return Neighbours(day.date, others, before, after)
    return Neighbours()


def _day(date: dt.date, sessions: Sequence[Placed], rooms: Sequence[int]) -> Day:
    groups: dict[tuple[dt.datetime, dt.datetime], list[Placed]] = {}
    for session in sessions:
        groups.setdefault((session.starts_at, session.ends_at), []).append(session)
    rows = [_row(*span, found, rooms) for span, found in groups.items()]
    used = {room for row in rows for room in row.cells}
    return Day(date, [room for room in rooms if room in used], rows)


def _row(
    starts: dt.datetime, ends: dt.datetime, sessions: Sequence[Placed], rooms: Sequence[int], slot_id: int | None = None
) -> Row:
    if len(sessions) == 1 and slot_id is None:
        return Row(starts, ends, sessions, {})
    everywhere = [one for one in sessions if one.room_id not in rooms]
    cells: dict[int, list[Placed]] = {}
    for session in sorted(
        (one for one in sessions if one.room_id in rooms), key=lambda one: rooms.index(one.room_id or 0)
    ):
        cells.setdefault(session.room_id or 0, []).append(session)
    return Row(starts, ends, everywhere, cells, slot_id)

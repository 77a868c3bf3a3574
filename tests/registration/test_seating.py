"""The rules of waiting lists, tried on many of them."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from portal.registration.seating import Span, Waiter, clashes, in_order, next_to_seat, overlaps, seat

START = dt.datetime(2027, 5, 14, 8, tzinfo=dt.UTC)
HALF_HOUR = dt.timedelta(minutes=30)

spans = st.builds(
    lambda start, length: Span(START + start * HALF_HOUR, START + (start + length) * HALF_HOUR),
    st.integers(0, 8), st.integers(1, 4),
)  # fmt: skip


@st.composite
def situations(draw: st.DrawFn) -> tuple[list[Waiter], dict[int, int], dict[int, list[Span]]]:
    sessions = draw(st.lists(spans, min_size=1, max_size=5))
    pairs = draw(st.lists(st.tuples(st.integers(1, 6), st.integers(0, len(sessions) - 1)), unique=True, max_size=16))
    queue = [
        Waiter(number, person, session, START + draw(st.integers(0, 3)) * HALF_HOUR, sessions[session])
        for number, (person, session) in enumerate(pairs, 1)
    ]
    free = {number: draw(st.integers(0, 3)) for number in range(len(sessions))}
    busy = draw(st.dictionaries(st.integers(1, 6), st.lists(spans, max_size=2), max_size=3))
    return queue, free, busy


def test_intervals_are_half_open() -> None:
    one = Span(START, START + HALF_HOUR)
    assert not overlaps(one, Span(one.ends, one.ends + HALF_HOUR))
    assert overlaps(one, Span(START + HALF_HOUR / 2, one.ends + HALF_HOUR))
    assert overlaps(one, one)


@given(spans, spans)
def test_overlapping_is_mutual(one: Span, other: Span) -> None:
    assert overlaps(one, other) == overlaps(other, one)
    shared = max(one.starts, other.starts) < min(one.ends, other.ends)
    assert overlaps(one, other) == shared


@given(st.dictionaries(st.integers(), spans, max_size=6))
def test_clashes_are_all_pairs_that_overlap(found: dict[int, Span]) -> None:
    pairs = {frozenset(pair) for pair in clashes(found)}
    expected = {frozenset((a, b)) for a in found for b in found if a != b and overlaps(found[a], found[b])}
    assert pairs == expected


@given(situations())
def test_next_is_the_first_who_is_free(situation: tuple[list[Waiter], dict[int, int], dict[int, list[Span]]]) -> None:
    queue, _free, busy = situation
    ordered = in_order(queue)
    found = next_to_seat(ordered, busy)
    able = [w for w in ordered if not any(overlaps(w.span, span) for span in busy.get(w.person, ()))]
    assert found == (able[0] if able else None)


@given(situations())
def test_seating_is_fair_and_leaves_no_seat_that_somebody_could_take(
    situation: tuple[list[Waiter], dict[int, int], dict[int, list[Span]]],
) -> None:
    queue, free, busy = situation
    seated = seat(queue, free, busy)
    taken = {person: list(spans) for person, spans in busy.items()}
    for waiter in seated:
        assert not any(overlaps(waiter.span, span) for span in taken.get(waiter.person, ()))
        taken.setdefault(waiter.person, []).append(waiter.span)
    for session, seats in free.items():
        got = [waiter for waiter in seated if waiter.session == session]
        assert len(got) <= seats
        assert got == in_order(got)
        left = [waiter for waiter in queue if waiter.session == session and waiter not in got]
        if len(got) < seats:
            assert next_to_seat(in_order(left), taken) is None
        for waiter in left:  # whoever was passed over by somebody later had something else at that time
            if any((waiter.queue_at, waiter.booking) < (one.queue_at, one.booking) for one in got):
                assert next_to_seat([waiter], taken) is None


@given(situations())
def test_seating_twice_changes_nothing(situation: tuple[list[Waiter], dict[int, int], dict[int, list[Span]]]) -> None:
    queue, free, busy = situation
    seated = seat(queue, free, busy)
    for waiter in seated:
        free[waiter.session] -= 1
        busy.setdefault(waiter.person, []).append(waiter.span)
    assert seat([waiter for waiter in queue if waiter not in seated], free, busy) == []

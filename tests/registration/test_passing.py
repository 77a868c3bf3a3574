"""Groups in the waiting list: smaller parties pass them a bounded number of times, then seats are kept, then the others go on."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from portal.registration.passing import KEPT_FOR, MOST_PASSES, Turn, in_order, serve
from portal.registration.quotas import NOBODY, Origin, Reserve, Room

NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def room(free: int, taken: int = 10, reserves: tuple[Reserve, ...] = ()) -> Room:
    return Room(taken + free, reserves, {NOBODY: taken})


def one(number: int, who: Origin = NOBODY) -> Turn:
    return Turn(NOW + number * SECOND, who, registration=number)


def group(
    size: int, number: int = 0, *, passed: int = 0, until: dt.datetime | None = None, who: Origin = NOBODY
) -> Turn:
    return Turn(
        NOW + number * SECOND, who, delegation=number + 1, seats=tuple(range(size)), passed=passed, kept_until=until
    )


def test_smaller_parties_pass_a_group_twice_and_no_third_time() -> None:
    served = serve(room(3), [group(4), one(1), one(2), one(3)], NOW)
    assert (served.registrations, served.groups) == ([1, 2], {1: (2, NOW + KEPT_FOR)})


def test_kept_seats_come_together_for_the_group() -> None:
    waits = group(3, passed=MOST_PASSES, until=NOW + SECOND)
    assert serve(room(2), [waits, one(1)], NOW).turns == []
    assert serve(room(3), [waits, one(1)], NOW).seats == [0, 1, 2]
    assert serve(room(4), [waits, one(1)], NOW).turns == [waits, one(1)]


def test_others_go_on_at_the_instant_at_which_keeping_ends_and_it_never_begins_again() -> None:
    waits = group(3, passed=MOST_PASSES, until=NOW + KEPT_FOR)
    assert serve(room(2), [waits, one(1)], NOW + KEPT_FOR - SECOND).turns == []
    served = serve(room(2), [waits, one(1), one(2)], NOW + KEPT_FOR)
    assert served.registrations == [1, 2] and served.groups[1][1] == NOW + KEPT_FOR


def test_nothing_is_kept_before_there_is_something_to_keep() -> None:
    assert serve(room(0), [group(3, passed=MOST_PASSES)], NOW).groups == {}
    assert serve(room(1), [group(3, passed=1)], NOW).groups == {1: (1, None)}
    assert serve(room(1), [group(3, passed=MOST_PASSES)], NOW).groups == {1: (2, NOW + KEPT_FOR)}


def test_seat_that_the_group_could_not_use_is_no_passing() -> None:
    business = Origin("business")
    kept = Reserve(1, 2, frozenset({"business"}))
    waits = group(3, passed=MOST_PASSES, until=NOW + KEPT_FOR)
    served = serve(room(3, 10, (kept,)), [waits, one(1, business), one(2, business), one(3)], NOW)
    assert served.registrations == [1, 2]


def test_order_is_that_of_coming() -> None:
    first, second = one(1), group(2, 2)
    assert in_order([second, first]) == [first, second]


TURNS = st.lists(st.integers(1, 5), max_size=8)


@given(sizes=TURNS, free=st.integers(0, 8), passed=st.integers(0, 3))
def test_no_seat_is_given_twice_and_serving_again_changes_nothing(sizes: list[int], free: int, passed: int) -> None:
    queue = [one(place) if size == 1 else group(size, place, passed=passed) for place, size in enumerate(sizes)]
    hall = room(free)
    served = serve(hall, queue, NOW)
    assert sum(turn.size for turn in served.turns) == hall.taken - 10 <= free
    waiting = [
        Turn(
            turn.queue_at,
            turn.who,
            turn.registration,
            turn.delegation,
            turn.seats,
            *served.groups.get(turn.delegation or 0, (0, None)),
        )
        for turn in queue
        if turn not in served.turns
    ]
    assert serve(hall, waiting, NOW).turns == []
    for before, turn in enumerate(queue):  # whoever fits and waits is kept out by a group before them
        if turn in waiting and turn.size <= hall.seats - hall.taken:
            assert any(other.size > 1 and other not in served.turns for other in queue[:before])

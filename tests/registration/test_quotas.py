"""A8: who may have a seat where some are kept. Every decision is compared with two oracles that know nothing of kinds: Hall's
condition over all sets of people, and every subset of a queue."""

from collections.abc import Collection, Sequence
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from portal.registration.quotas import NOBODY, Origin, Reserve, Room, worsens
from tests.faults.test_growth import MOST, NOTICED, seconds

SECTORS = ("ngo", "local", "business")
origins = st.builds(Origin, st.sampled_from(("", *SECTORS)), st.sampled_from((None, 1, 2)))
reserves = st.lists(
    st.tuples(st.integers(1, 3), st.frozensets(st.sampled_from(SECTORS)), st.frozensets(st.sampled_from((1, 2)))),
    max_size=3,
).map(lambda found: [Reserve(number, *one) for number, one in enumerate(found, 1)])
people = st.lists(origins, max_size=6)


def places_of(who: Origin, kept: Sequence[Reserve]) -> frozenset[int]:
    return frozenset({0, *(one.id for one in kept if one.is_for(who))})


def fit(seats: int, kept: Sequence[Reserve], group: Collection[Origin], cap: int | None = None) -> bool:
    """Has each of them a seat of their own? By Hall: every set of them has as many seats to sit in as it has people."""
    room = {0: seats - sum(one.seats for one in kept), **{one.id: one.seats for one in kept}}
    where = [places_of(who, kept) for who in group]
    if cap is not None and any(sum(one.organisation == number for one in group) > cap for number in {1, 2}):
        return False
    subsets = chain.from_iterable(combinations(where, size) for size in range(1, len(where) + 1))
    return all(len(some) <= sum(room[place] for place in frozenset().union(*some)) for some in subsets)


def in_order(room: Room, queue: Sequence[tuple[int, Origin]]) -> list[int]:
    """Who of a queue gets a seat, strictly in its order."""
    return [number for number, who in queue if room.take(who)]


def counted(group: Collection[Origin]) -> dict[Origin, int]:
    return {who: list(group).count(who) for who in group}


@given(st.integers(0, 4), reserves, people, origins)
def test_one_more_is_seated_exactly_when_all_of_them_fit(open_seats, kept, seated, who) -> None:
    seats = open_seats + sum(one.seats for one in kept)
    group: list[Origin] = []
    for one in seated:
        if fit(seats, kept, [*group, one]):
            group.append(one)
    assert Room(seats, kept, counted(group)).take(who) == fit(seats, kept, [*group, who])


@given(st.integers(0, 3), reserves, people, st.sampled_from([None, 1, 2]))
def test_queue_gets_the_first_of_all_sets_that_fit(open_seats, kept, queue, cap) -> None:
    seats = open_seats + sum(one.seats for one in kept)
    numbers = range(len(queue))
    sets = chain.from_iterable(combinations(numbers, size) for size in range(len(queue) + 1))
    legal = [set(some) for some in sets if fit(seats, kept, [queue[number] for number in some], cap)]
    best = max(legal, key=lambda some: [number in some for number in numbers])
    room = Room(seats, kept, {}, cap=cap)
    assert in_order(room, list(enumerate(queue))) == sorted(best)
    if cap is None:
        assert len(best) == max(len(some) for some in legal), "nobody stays out who would fit beside the others"


@given(st.integers(0, 3), reserves, people, origins)
def test_nobody_loses_a_seat_and_kept_ones_stay_kept(open_seats, kept, seated, who) -> None:
    """Also where more sit there than fit: as many as can be matched are, and one more may come who raises that number."""
    seats = max(open_seats + sum(one.seats for one in kept), len(seated))

    def matched(group: Sequence[Origin]) -> int:
        sizes = range(len(group), -1, -1)
        return next(size for size in sizes if any(fit(seats, kept, some) for some in combinations(group, size)))

    room = Room(seats, kept, counted(seated))
    assert (room.taken, room.excess) == (len(seated), len(seated) - matched(seated))
    grows = matched([*seated, who]) > matched(seated)
    assert room.take(who) == (grows and len(seated) < seats)


@given(st.integers(0, 3), reserves, people, origins, st.sampled_from([None, 1, 2]))
def test_free_seats_for_somebody_are_as_many_as_could_come(open_seats, kept, seated, who, cap) -> None:
    seats = open_seats + sum(one.seats for one in kept)
    one_by_one = Room(seats, kept, counted(seated), cap=cap)
    number = 0
    while one_by_one.take(who):
        number += 1
    assert Room(seats, kept, counted(seated), cap=cap).free_for(who) == number


def test_seat_freed_in_one_reserve_admits_somebody_of_another() -> None:
    """As in intercode#11154: somebody moves over, so nobody waits while any arrangement seats them."""
    kept = [Reserve(1, 1, frozenset({"ngo"})), Reserve(2, 1, frozenset({"ngo", "local"}))]
    ngo, local = Origin("ngo"), Origin("local")
    assert not Room(2, kept, {ngo: 2}).take(local)
    assert Room(2, kept, {ngo: 1}).take(local)
    assert not Room(2, kept, {local: 1}).take(local)


def test_somebody_moves_over_for_whoever_can_sit_nowhere_else() -> None:
    kept = [Reserve(1, 1, frozenset({"ngo", "local"})), Reserve(2, 1, frozenset({"ngo"}))]
    assert Room(2, kept, {Origin("ngo"): 1}).take(Origin("local"))
    assert not Room(2, kept, {Origin("local"): 1}).take(Origin("local"))


def test_only_as_many_move_over_as_sit_there() -> None:
    kept = [Reserve(1, 3, frozenset({"ngo", "local"})), Reserve(2, 5, frozenset({"ngo"}))]
    room = Room(8, kept, {Origin("ngo"): 1, Origin("local"): 4})
    assert room.excess == 1
    assert room.free_for(Origin("ngo")) == 3
    assert room.free_for(Origin("local")) == 0


def test_limit_of_an_organisation_counts_names_and_numbers() -> None:
    kept = [Reserve(1, 2, organisations=frozenset({7}))]
    seated = {Origin(organisation=7): 2, Origin(typed="um kielce"): 1}
    room = Room(9, kept, seated, cap=2)
    assert not room.take(Origin("ngo", organisation=7))
    assert room.take(Origin(typed="um kielce")) and not room.take(Origin(typed="um kielce"))
    assert all(room.take(NOBODY) for _ in range(5)), "whoever names no organisation is counted in none"
    assert not room.take(NOBODY), "the rest is kept"


def test_change_that_leaves_more_without_a_kept_seat_is_seen() -> None:
    kept = [Reserve(1, 1, frozenset({"local"}))]
    local = Origin("local")
    assert worsens(Room(2, kept, {local: 1, NOBODY: 1}), Room(2, kept, {NOBODY: 2}))
    assert not worsens(Room(2, kept, {NOBODY: 2}), Room(2, kept, {NOBODY: 2}))
    assert worsens(Room(9, [], {Origin(organisation=1): 2}, cap=2), Room(9, [], {Origin(organisation=1): 3}, cap=2))


def congress(times: int) -> tuple[int, list[Reserve], list[tuple[int, Origin]]]:
    """People of twenty sectors and twenty reserves, each for two of these, in an unlucky order."""
    kept = [Reserve(n, 20 * times, frozenset({f"s{n}", f"s{n + 1}"})) for n in range(1, 21)]
    queue = [(number, Origin(f"s{1 + number * 8 % 21}")) for number in range(1000 * times)]
    return 500 * times, kept, queue


def test_thousand_people_and_twenty_reserves_are_seated_at_once() -> None:
    def work(times: str) -> None:
        seats, kept, queue = congress(len(times))
        done = in_order(Room(seats, kept, {}), queue)
        assert len(done) == seats

    once, twice = seconds(work, ["a", "aa"])
    assert once < 0.5
    assert twice < NOTICED or twice <= MOST * once

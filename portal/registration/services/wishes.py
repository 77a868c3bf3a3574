"""What somebody asks for in a form: checked against what there is now, all at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from portal.ground.errors import Refusal, Refusals
from portal.registration import seating
from portal.registration.queries import Workshop
from portal.words.i18n import _l

KEPT = _l("The places that are left are kept for others. Choose another workshop or join the waiting list.")
GONE = _l("The last place has just been taken. Choose another workshop or join the waiting list.")
OVERLAP = _l("Two of the chosen workshops take place at the same time. Keep one of them.")
UNKNOWN = _l("This workshop can no longer be chosen. Choose another one.")


@dataclass(frozen=True, slots=True)
class Wish:
    """A session that somebody asks for: a place, or (`waits`) also only a place in its waiting list."""

    session_id: int
    waits: bool = False


def sessions(wishes: Sequence[Wish]) -> list[int]:
    """The sessions that are asked for."""
    return [wish.session_id for wish in wishes]


def check(
    workshops: Sequence[Workshop],
    wishes: Sequence[Wish],
    *,
    mine: Collection[int] = (),
    booked: Collection[int] = (),
    now_free: bool = False,
) -> list[Workshop]:
    """Those of `workshops` (what can be booked now) that are asked for, places first.

    Raises every reason why they cannot be had, each at its group of the form. `mine` are sessions in which the person
    has or awaits a place already; of these `booked` count in the comparison of times. Places asked for must not
    overlap; a waiting place may. With `now_free` a full workshop is refused at once, for forms that decide nothing yet.
    """
    offered = {workshop.id: workshop for workshop in workshops}
    faults: list[Refusal] = []
    unknown = [wish for wish in wishes if wish.session_id not in offered]
    if [wish for wish in unknown if wish.session_id not in mine]:
        faults.append(Refusal(UNKNOWN))
    wanted = sorted((wish for wish in wishes if wish.session_id in offered), key=lambda wish: wish.waits)
    spans = {
        wish.session_id: offered[wish.session_id].span
        for wish in wanted
        if (wish.session_id in booked if wish.session_id in mine else not wish.waits)
    }
    clashes = [pair for pair in seating.clashes(spans) if not set(pair) <= set(booked)]
    faults += [Refusal(OVERLAP, field=offered[other].group) for _one, other in clashes]
    if now_free:
        faults += gone(
            [offered[wish.session_id] for wish in wanted if not wish.waits and offered[wish.session_id].free <= 0]
        )
    if faults:
        raise Refusals(faults)
    return [offered[wish.session_id] for wish in wanted]


def gone(workshops: Sequence[Workshop]) -> list[Refusal]:
    """One reason for each workshop whose last place was taken between looking and sending, or is kept for others."""
    return [Refusal(KEPT if workshop.kept else GONE, field=workshop.group) for workshop in workshops]

"""What people need to take part: which needs there are, which follow the bookings, and how meals are counted. Pure."""

from collections.abc import Collection, Mapping

GROUPS: Mapping[str, tuple[str, ...]] = {
    "way": ("step-free", "wheelchair-space", "front-place", "toilet", "parking", "orientation", "guide-dog", "assistant"),
    "language": (
        "sign-language-pl", "sign-language-bg", "sign-language-international", "induction-loop", "captions",
        "audio-description",
    ),
    "materials": ("large-print", "braille", "digital-materials", "easy-read"),
    "care": ("quiet-room", "childcare", "baby-care", "travel", "accommodation"),
    "meals": (
        "diet-vegetarian", "diet-vegan", "diet-gluten-free", "diet-lactose-free", "diet-diabetic", "diet-no-pork",
        "diet-other", "allergy",
    ),
    "other": ("other",),
}  # fmt: skip
ALL = tuple(code for codes in GROUPS.values() for code in codes)
MEALS = frozenset(GROUPS["meals"])
# Of these a place in a session asks for nothing more: they are seen to once for the event.
ONCE = MEALS | {"parking", "childcare", "baby-care", "travel", "accommodation", "toilet", "quiet-room"}
# What a room has to have for it, of the vocabulary `venue_access`: the first names it, any of them does.
IN_ROOMS: Mapping[str, tuple[str, ...]] = {
    "step-free": ("step-free", "ramp", "lift"),
    "wheelchair-space": ("step-free", "ramp", "lift"),
    "induction-loop": ("induction-loop",),
}
SMALLEST = 3  # fewer people than this are never counted by themselves
FEW = "few"


def in_sessions(code: str) -> bool:
    """Does this need follow its person into every session that they have booked?"""
    return code not in ONCE


def lacking(code: str, has: Collection[str]) -> str:
    """What a room that has these lacks for a need; nothing where it lacks nothing, or the need is not one of rooms."""
    wanted = IN_ROOMS.get(code, ())
    return wanted[0] if wanted and not {*wanted} & {*has} else ""


def meal_counts(wanted: Mapping[str, int]) -> dict[str, int]:
    """What a caterer is told: numbers of people, of which none is so small that it points at somebody.

    Groups of fewer than three are told together, as `FEW`; where even these are fewer than three, the smallest other group
    is told with them, so that nobody can take the rest away and know. Where there is no other, the number is 0: "fewer
    than three".
    """
    shown = {code: number for code, number in wanted.items() if number >= SMALLEST}
    few = sum(number for number in wanted.values() if 0 < number < SMALLEST)
    if 0 < few < SMALLEST and shown:
        smallest = min(shown, key=lambda code: (shown[code], code))
        few += shown.pop(smallest)
    if few:
        shown[FEW] = few if few >= SMALLEST else 0
    return shown

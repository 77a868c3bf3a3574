"""What things of a programme are called, and the zones that wall times are promised in."""

from portal.words.i18n import LazyString, _l, _lp

KINDS: dict[str, LazyString] = {
    "talk": _l("talk"),
    "panel": _l("panel discussion"),
    "workshop": _l("workshop"),
    "networking": _l("networking"),
    "break": _l("break"),
}
# What each role of the vocabulary `event_role` lets somebody do.
DUTIES: dict[str, LazyString] = {
    "organiser": _l("everything: dates, texts, programme, people, messages, team"),
    "programme": _l("rooms, slots, sessions and translations"),
    "desk": _l("the list of participants, invitations and messages"),
    "door": _l("sees the workbench"),
    "access": _l("reads what people need to take part, and answers them"),
}
ZONES: dict[str, LazyString] = {"Europe/Warsaw": _l("Warsaw time"), "Europe/Sofia": _l("Sofia time")}
STATES: dict[str, LazyString] = {
    "draft": _lp("event", "draft"),
    "published": _lp("event", "published"),
    "cancelled": _lp("event", "cancelled"),
}

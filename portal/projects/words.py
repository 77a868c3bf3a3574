"""How a card and its partners are called, and the facts of a card in the order of its labels."""

from collections.abc import Sequence

from portal.organisations.places import town_shown
from portal.projects.models import Project
from portal.words.i18n import LazyString, Shown, _, _lp, formats
from portal.words.vocabularies import label

STATES: dict[str, LazyString] = {
    "draft": _lp("project", "draft"),
    "published": _lp("project", "public"),
    "withdrawn": _lp("project", "off the site"),
}
LOOKS = {"draft": "info", "published": "ok", "withdrawn": ""}


def labels(name: str, codes: str) -> Sequence[str]:
    """Codes with commas, by their labels."""
    return [label(name, code) for code in codes.split(",") if code]


def period(project: Project) -> str:
    """`1 April 2021 – 30 September 2023`."""
    return formats.date_range(project.starts_on, project.ends_on)


def seat_town(project: Project) -> Shown | None:
    """The town of the organisation, for the reader of the page."""
    seat = project.organisation
    return town_shown(seat.town, seat.region) if seat.town else None


def region_heading(country: str) -> str:
    """What the region of a seat is called in its country."""
    return _("Oblast (seat)") if country == "BG" else _("Voivodeship (seat)")


def other_partners(project: Project) -> Sequence[str]:
    """Partners without a profile, by their names as they were typed."""
    return [line.strip() for line in project.other_partners.splitlines() if line.strip()]

"""How a card and its partners are called, and the facts of a card in the order of its labels."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from portal.organisations.places import town_shown
from portal.projects.models import PartnerStatus, Project, ProjectPartner
from portal.words.i18n import LazyString, Localized, Shown, _, _lp, formats, written
from portal.words.vocabularies import label

STATES: dict[str, LazyString] = {
    "draft": _lp("project", "draft"),
    "published": _lp("project", "public"),
    "withdrawn": _lp("project", "off the site"),
}
LOOKS = {"draft": "info", "published": "ok", "withdrawn": ""}
RECORD_LOOKS = {"planned": "info", "delivered": "warn", "confirmed": "ok", "rejected": "bad", "cancelled": ""}


class CardFigure(NamedTuple):
    """A figure as a card shows it, in the language of the page. `unit` is the length of an hour beside hours, else empty;
    `number` is the same for programs."""

    code: str
    value: str
    unit: str
    number: Decimal | None  # None: so few people that it is not told
    aim: str = ""  # what was to be reached
    target: Decimal | None = None  # the same for programs


class Outcome(NamedTuple):
    """What came of a project: its figures, how many records were counted, and (number, period) of its latest reports."""

    figures: Sequence[CardFigure] = ()
    counted: int = 0
    reports: Sequence[tuple[int, str]] = ()


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


class Value(NamedTuple):
    """What stands beside a label; `profile` is the address of the organisation that it names, where that has agreed."""

    words: str | Shown | Localized
    profile: str = ""


def sheet(project: Project, named: Sequence[ProjectPartner]) -> Sequence[tuple[str, Sequence[Value]]]:
    """All labels of a card in their order, for its page and its paper; what says nothing is not there."""
    organisation, town = project.organisation, seat_town(project)
    facts: list[tuple[str, Sequence[Value]]] = [
        (_("Area of support"), _several("area_of_support", project.areas)),
        (_("Town (seat)"), [Value(town)] if town else []),
        (
            region_heading(organisation.country),
            [Value(label("regions", organisation.region))] if organisation.region else [],
        ),
        (_("Partners"), [*map(_partner, named), *_typed(project)]),
        (_("Period"), [Value(period(project))]),
        (_("Status"), [Value(label("project_status", project.stage))]),
        (_("Cost of the project"), _money(project.cost, project.cost_currency)),
        (_("Grant"), _money(project.subsidy, project.subsidy_currency)),
        (_("Reach"), [Value(label("territorial_scope", project.reach))] if project.reach else []),
        (_("Activity types"), _several("activity_type", project.activities)),
        (_("Target groups"), _several("target_group", project.target_groups)),
    ]
    return [(heading, values) for heading, values in facts if values]


def _several(name: str, codes: str) -> Sequence[Value]:
    return [Value(", ".join(labels(name, codes)))] if codes else []


def _money(amount: Decimal | None, currency: str) -> Sequence[Value]:
    return [] if amount is None else [Value(formats.money(amount, currency))]


def _partner(partner: ProjectPartner) -> Value:
    has_agreed = partner.status == PartnerStatus.ACCEPTED
    return Value(partner.organisation.name, partner.organisation.slug if has_agreed else "")


def _typed(project: Project) -> Sequence[Value]:
    return [Value(written(name, project.title.original)) for name in other_partners(project)]

"""Frames of funders: what is asked, which projects feed which outcome, and what was reached.

Every figure here is counted from records of the period, by the rules of `counting`; a project stands in one outcome, so no
record can be in two of them. As in totals, hours of different lengths stand apart, and who was strengthened counts once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.ground.db import db
from portal.ground.statements import table
from portal.impact.indicators import BY_CODE, INDICATORS, Indicator, Measure
from portal.impact.models import Frame, FrameOutcome, FrameOutput, FrameProject, FrameState
from portal.impact.outputs import Output, Targets
from portal.impact.queries.counting import Part, counted_apart, once
from portal.impact.queries.few import people_told
from portal.impact.queries.totals import of_network
from portal.membership.models import Network
from portal.organisations.models import Organisation
from portal.projects.models import Project
from portal.words.i18n import Localized

Amounts = Mapping[tuple[str, str], int]  # by indicator and unit
_PEOPLE = next(one.code for one in INDICATORS if one.measure is Measure.PEOPLE)
_who = table(Organisation).alias("who")  # whose condition asks the table itself


class Feeding(NamedTuple):
    """A public project of the network, and the outcome of a frame that it feeds."""

    id: int
    slug: str
    title: Localized
    organisation: Localized
    hour: str
    outcome_id: int | None


class Reached(NamedTuple):
    """What was reached by an indicator in a unit, and what was asked; None where nothing was, of hours of the other length."""

    indicator: Indicator
    unit: str
    amount: int
    target: int | None = None


@dataclass(frozen=True, slots=True)
class OutcomeReached:
    """An outcome with its outputs in their order, and the projects that feed it."""

    outcome: FrameOutcome
    rows: Sequence[Reached]
    projects: Sequence[Feeding]


@dataclass(frozen=True, slots=True)
class FrameReached:
    """All outcomes, what they come to together, and of how many projects and records that was counted."""

    outcomes: Sequence[OutcomeReached]
    together: Sequence[Reached]
    projects: int
    records: int

    @property
    def measures(self) -> frozenset[Measure]:
        """What is added up in it."""
        return frozenset(row.indicator.measure for row in self.together)

    @property
    def is_mixed(self) -> bool:
        """Are there hours of both lengths of one indicator?"""
        return len({row.indicator.code for row in self.together}) < len(self.together)


def frame_at(slug: str, number: int) -> Frame | None:
    """A frame of the network with this address, with it, in whatever state."""
    query = sa.select(Frame).join(Frame.network).where(Network.slug == slug, Frame.id == number)
    return db.session.scalar(query.options(joinedload(Frame.network)))


def frames_of(network_id: int, *, drafts: bool) -> Sequence[Frame]:
    """The frames of a network, the latest period first."""
    query = sa.select(Frame).where(Frame.network_id == network_id)
    if not drafts:
        query = query.where(Frame.state == FrameState.PUBLISHED)
    return db.session.scalars(query.order_by(Frame.ends_on.desc(), Frame.id.desc())).all()


def outcomes_of(frame_id: int) -> Sequence[FrameOutcome]:
    """Its outcomes in their order."""
    query = sa.select(FrameOutcome).where(FrameOutcome.frame_id == frame_id)
    return db.session.scalars(query.order_by(FrameOutcome.position)).all()


def outcome_at(frame_id: int, position: int) -> FrameOutcome | None:
    """The outcome at this place."""
    query = sa.select(FrameOutcome).where(FrameOutcome.frame_id == frame_id, FrameOutcome.position == position)
    return db.session.scalar(query)


def outputs_of(frame_id: int) -> Mapping[int, Sequence[FrameOutput]]:
    """The outputs of each outcome, in the order of the indicators."""
    query = sa.select(FrameOutput).join(FrameOutcome, FrameOutcome.id == FrameOutput.outcome_id)
    found: dict[int, list[FrameOutput]] = defaultdict(list)
    for one in db.session.scalars(query.where(FrameOutcome.frame_id == frame_id)):
        found[one.outcome_id].append(one)
    order = list(BY_CODE)
    return {number: sorted(rows, key=lambda row: order.index(row.code)) for number, rows in found.items()}


def targets_of(outcome: FrameOutcome) -> Targets:
    """What an outcome asks for, in the units of its outputs."""
    rows = outputs_of(outcome.frame_id).get(outcome.id, ())
    return {Output(one.code, one.unit): one.target // BY_CODE[one.code].factor(one.unit) for one in rows}


def feeding(frame: Frame) -> Sequence[Feeding]:
    """The public projects of the network that feed an outcome, by their addresses. One that works for another network now,
    or whose card is not public, is not among them: it does not count."""
    return _projects(frame, FrameProject.outcome_id.is_not(None))


def to_feed(frame: Frame) -> Sequence[Feeding]:
    """All public projects of the network, with the outcome that each one feeds or none."""
    return _projects(frame)


def left_behind(frame: Frame) -> Sequence[Localized]:
    """The titles of the projects that stand in the frame and do not count, as those of `feeding` do."""
    counting = _counting(frame).subquery()
    query = sa.select(Project.title).join(FrameProject, FrameProject.project_id == Project.id)
    query = query.where(FrameProject.frame_id == frame.id, Project.id.not_in(sa.select(counting.c.id)))
    return db.session.scalars(query.order_by(Project.slug)).all()


def reached(frame: Frame) -> FrameReached:
    """What the projects of a frame have reached in its period."""
    numbers, period = _counting(frame), (frame.starts_on, frame.ends_on)
    projects, parts, people = feeding(frame), counted_apart(numbers, period), people_told(numbers, period)
    outputs, asked = outputs_of(frame.id), []
    found = []
    for outcome in outcomes_of(frame.id):
        mine = [one for one in projects if one.outcome_id == outcome.id]
        wanted = outputs.get(outcome.id, ())
        asked.append((wanted, mine))
        amounts = together([(one.hour, parts.get(one.id), people.get(one.id, 0)) for one in mine])
        found.append(OutcomeReached(outcome, _rows(wanted, amounts), mine))
    return FrameReached(found, _all(asked, parts, people), len(projects), sum(part.records for part in parts.values()))


def together(parts: Iterable[tuple[str, Part | None, int]]) -> Amounts:
    """The sum of projects, of which each is (its hour, what it gives, how many people are told of it)."""
    sums: Counter[tuple[str, str]] = Counter()
    who: dict[str, set[int | str]] = defaultdict(set)
    for hour, part, people in parts:
        if part is None:
            continue
        for code, amount in {**part.amounts, _PEOPLE: people}.items():
            sums[code, BY_CODE[code].unit or hour] += amount
        for code, numbers in part.who.items():
            who[code].update(numbers)
    return {**sums, **{(code, BY_CODE[code].unit): amount for code, amount in once(who).items()}}


def _rows(wanted: Sequence[FrameOutput], amounts: Amounts) -> Sequence[Reached]:
    """Each output, and under it the hours of the other length, of which nobody has asked for any."""
    rows = []
    for one in wanted:
        indicator = BY_CODE[one.code]
        rows.append(Reached(indicator, one.unit, amounts.get((one.code, one.unit), 0), one.target))
        rows += [
            Reached(indicator, unit, amounts[one.code, unit])
            for unit in indicator.units
            if unit != one.unit and amounts.get((one.code, unit))
        ]
    return rows


def _all(
    asked: Sequence[tuple[Sequence[FrameOutput], Sequence[Feeding]]],
    parts: Mapping[int, Part],
    people: Mapping[int, int],
) -> Sequence[Reached]:
    """Each indicator over the outcomes that ask for it: so what adds up is the sum of their rows."""
    rows = []
    for indicator in INDICATORS:
        mine = [
            one for wanted, projects in asked if any(row.code == indicator.code for row in wanted) for one in projects
        ]
        amounts = together([(one.hour, parts.get(one.id), people.get(one.id, 0)) for one in mine])
        rows += [
            Reached(indicator, unit, amounts[indicator.code, unit])
            for unit in indicator.units
            if amounts.get((indicator.code, unit))
        ]
    return rows


def _counting(frame: Frame) -> sa.Select[int]:
    """The numbers of the projects that count."""
    query = sa.select(Project.id).join(FrameProject, FrameProject.project_id == Project.id)
    return query.where(FrameProject.frame_id == frame.id, of_network(frame.network_id))


def _projects(frame: Frame, *conditions: sa.ColumnElement[bool]) -> Sequence[Feeding]:
    of_frame = sa.and_(FrameProject.project_id == Project.id, FrameProject.frame_id == frame.id)
    columns = (Project.id, Project.slug, Project.title, _who.c.name, Project.hour, FrameProject.outcome_id)
    query = (
        sa.select(*columns)
        .select_from(Project)
        .join(_who, _who.c.id == Project.organisation_id)
        .outerjoin(FrameProject, of_frame)
        .where(of_network(frame.network_id), *conditions)
        .order_by(Project.slug)
    )
    return [Feeding(*row) for row in db.session.execute(query)]

"""The directory of projects: what it can be narrowed to, how many each further choice would leave, one page of it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import NamedTuple

import sqlalchemy as sa

from portal.ground import clock
from portal.ground.db import db
from portal.ground.statements import table
from portal.membership.models import Network
from portal.organisations.models import PUBLIC, Organisation
from portal.projects.models import KIND, ZONE, Project, Stage
from portal.projects.queries.shown import in_a_list, is_shown, with_organisation
from portal.words import search
from portal.words.i18n import Localized

OLDEST, AHEAD = 1990, 10  # the first year that can be chosen, and how many years to come
NARROWED_TO = ("area", "region", "status", "year", "network")
_who = table(Organisation).alias("who")
_TODAY = sa.bindparam("today", type_=sa.Date)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for: words, codes of vocabularies, a region by ISO 3166-2, a year that the project touches, a
    network and an organisation (which runs it or is its partner) by their addresses.

    Empty: everything. What is no code of a list finds nothing.
    """

    q: str = ""
    area: str = ""
    region: str = ""
    status: str = ""
    year: str = ""
    network: str = ""
    organisation: str = ""

    @property
    def said(self) -> dict[str, str]:
        """What narrows the list, as it stands in an address."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class Counted:
    """How long lists are: the `total` of this one, of each list with another code instead of what is chosen (`codes`, by
    facet), and of each list `without` what is chosen in a facet. Networks are counted by their numbers."""

    total: int
    codes: Mapping[str, Mapping[str, int]]
    without: Mapping[str, int]


def years() -> range:
    """The years that can be chosen, the last first."""
    return range(clock.today(ZONE).year + AHEAD, OLDEST - 1, -1)


class _Facts(NamedTuple):
    """What the facets read of a project: columns of its tables, or of what was read of them before."""

    areas: sa.SQLColumnExpression[str]
    region: sa.SQLColumnExpression[str]
    network: sa.SQLColumnExpression[int | None]
    status: sa.SQLColumnExpression[str]
    first: sa.SQLColumnExpression[int]
    last: sa.SQLColumnExpression[int]


@cache
def _facts() -> _Facts:
    """Of a project that is joined with its organisation."""
    status = sa.case(
        (Project.starts_on > _TODAY, Stage.PLANNED.value), (Project.ends_on < _TODAY, Stage.FINISHED.value),
        else_=Stage.RUNNING.value,
    )  # fmt: skip
    first, last = (sa.cast(sa.extract("year", day), sa.Integer) for day in (Project.starts_on, Project.ends_on))
    return _Facts(Project.areas, Organisation.region, Project.network_id, status, first, last)


def _public(wanted: Wanted) -> Sequence[sa.ColumnElement[bool]]:
    """Everybody sees it, the words find it, and who is asked for has to do with it; joined with its organisation."""
    found = [is_shown()]
    if wanted.q:
        found.append(Project.id.in_(search.matching_ids(wanted.q, KIND)))
    if wanted.organisation:
        public = sa.and_(_who.c.slug == wanted.organisation, _who.c.status.in_(PUBLIC))
        found.append(with_organisation(sa.select(_who.c.id).where(public).scalar_subquery()))
    return found


def name_of(organisation: str) -> Localized | None:
    """What the public organisation at an address is called."""
    public = sa.and_(Organisation.slug == organisation, Organisation.status.in_(PUBLIC))
    return db.session.scalar(sa.select(Organisation.name).where(public))


def _narrowed(wanted: Wanted, has: _Facts, but: str = "") -> list[sa.ColumnElement[bool]]:
    """All that is chosen `but` one thing."""
    found = []
    if wanted.area and but != "area":
        found.append(("," + has.areas + ",").contains(f",{wanted.area},", autoescape=True))
    if wanted.region and but != "region":
        found.append(has.region == wanted.region)
    if wanted.status and but != "status":
        found.append(has.status == wanted.status)
    if wanted.year and but != "year":
        found += [has.first <= int(wanted.year), has.last >= int(wanted.year)]
    if wanted.network and but != "network":
        found.append(has.network == sa.select(Network.id).where(Network.slug == wanted.network).scalar_subquery())
    return found


def listed(wanted: Wanted = Wanted(), *, offset: int = 0, limit: int = 50) -> Sequence[Project]:
    """Public projects with their organisations: those that end last stand first."""
    query = sa.select(Project).join(Project.organisation)
    query = query.where(*_public(wanted), *_narrowed(wanted, _facts()))
    query = query.options(*in_a_list()).order_by(Project.ends_on.desc(), Project.id.desc())
    return db.session.scalars(query.offset(offset).limit(limit), _values()).all()


def counted(wanted: Wanted = Wanted()) -> Counted:
    """The numbers of a page of the directory, in one statement that looks for its words and reads the projects once."""
    columns = [fact.label(name) for name, fact in _facts()._asdict().items()]
    public = sa.select(*columns).join(Project.organisation).where(*_public(wanted))
    rows = public.cte("public_project").prefix_with("MATERIALIZED")
    has = _Facts(*rows.c)
    values = {
        "area": has.areas, "region": has.region, "status": has.status, "network": sa.cast(has.network, sa.String),
        "year": sa.cast(has.first, sa.String) + "-" + sa.cast(has.last, sa.String),
    }  # fmt: skip
    each = [_number("total", sa.literal(""), rows, _narrowed(wanted, has))]
    for name in NARROWED_TO:
        others = _narrowed(wanted, has, but=name)
        each.append(_number(name, values[name], rows, others).group_by(values[name]))
        if name in wanted.said:
            each.append(_number(f"without {name}", sa.literal(""), rows, others))
    found: dict[str, dict[str, int]] = {}
    for name, value, number in db.session.execute(sa.union_all(*each), _values()):
        of = found.setdefault(name, {})
        for code in _codes(name, value or ""):
            of[code] = of.get(code, 0) + number
    return Counted(
        found["total"][""], {name: found.get(name, {}) for name in NARROWED_TO},
        {name: found[f"without {name}"][""] for name in NARROWED_TO if name in wanted.said},
    )  # fmt: skip


def _number(
    name: str, value: sa.SQLColumnExpression[str], rows: sa.CTE, narrowed: Sequence[sa.ColumnElement[bool]]
) -> sa.Select[str, str, int]:  # fmt: skip
    return sa.select(sa.literal(name), value, sa.func.count()).select_from(rows).where(*narrowed)


def _codes(name: str, value: str) -> Iterable[str]:
    """The codes that a counted value stands for: those between commas, each year from the first to the last."""
    if name == "year":
        first, last = map(int, value.split("-"))
        return (str(year) for year in years() if first <= year <= last)
    return filter(None, value.split(",")) if name in NARROWED_TO else [value]


def _values() -> Mapping[str, dt.date]:
    return {"today": clock.today(ZONE)}

"""Public projects as short lists show them: on the pages of organisations and networks."""

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, load_only, undefer
from sqlalchemy.sql.base import ExecutableOption

from portal.ground.db import db
from portal.ground.statements import table
from portal.organisations.models import PUBLIC, Organisation
from portal.projects.models import PartnerStatus, Project, ProjectPartner, ProjectState

SHOWN = 3  # on the page of somebody else; the others are a click away
_project, _partner = table(Project), table(ProjectPartner)


@cache
def in_a_list(*, dated: bool = False) -> Sequence[ExecutableOption]:
    """What a list reads of a project that is joined with its organisation, and a feed with its dates: not the story."""
    own = (Project.slug, Project.title, Project.summary, Project.starts_on, Project.ends_on, Project.organisation_id)
    whose = (Organisation.slug, Organisation.name, Organisation.town, Organisation.region, Organisation.country)
    return (
        load_only(*own, *((Project.published_at, Project.updated_at, Project.areas) if dated else ()), raiseload=True),
        contains_eager(Project.organisation).load_only(*whose, raiseload=True),
    )


def is_shown() -> sa.ColumnElement[bool]:
    """Everybody sees it; of a project that is joined with its organisation."""
    return sa.and_(Project.state == ProjectState.PUBLISHED, Organisation.status.in_(PUBLIC))


def with_organisation(number: sa.SQLColumnExpression[int]) -> sa.ColumnElement[bool]:
    """The organisation runs it, or has agreed to be named as its partner."""
    runs = sa.select(_project.c.id).where(_project.c.organisation_id == number)
    joins = sa.select(_partner.c.project_id).where(
        _partner.c.organisation_id == number, _partner.c.status == PartnerStatus.ACCEPTED
    )
    return Project.id.in_(sa.union_all(runs, joins))


@cache
def _first() -> sa.Select[Project]:
    query = sa.select(Project).join(Project.organisation).where(is_shown()).options(*in_a_list())
    return query.order_by(Project.ends_on.desc(), Project.id.desc()).limit(sa.bindparam("most", type_=sa.Integer))


@cache
def _of_organisation() -> sa.Select[Project]:
    return _first().where(with_organisation(sa.bindparam("organisation", type_=sa.Integer)))


@cache
def _of_network() -> sa.Select[Project]:
    return _first().where(Project.network_id == sa.bindparam("network", type_=sa.Integer))


@cache
def _newest() -> sa.Select[Project]:
    query = sa.select(Project).join(Project.organisation).where(is_shown()).options(*in_a_list(dated=True))
    return query.order_by(Project.published_at.desc(), Project.id.desc()).limit(sa.bindparam("most", type_=sa.Integer))


def newest(limit: int) -> Sequence[Project]:
    """The public projects whose cards were published last, with who runs them."""
    return db.session.scalars(_newest(), {"most": limit}).all()


@cache
def _practices() -> sa.Select[Project]:
    query = sa.select(Project).join(Project.organisation).where(is_shown(), Project.has_practice)
    loaded = (*in_a_list(), undefer(Project.practice))
    return query.options(*loaded).order_by(Project.published_at.desc(), Project.id.desc())


def practices(*, offset: int = 0, limit: int = 50) -> Sequence[Project]:
    """The public projects that tell of a good practice with who runs them, the last published first."""
    return db.session.scalars(_practices().offset(offset).limit(limit)).all()


def number_of_practices() -> int:
    """How many `practices` has in all."""
    query = sa.select(sa.func.count(Project.id)).join(Project.organisation).where(is_shown(), Project.has_practice)
    return db.session.scalar(query) or 0


def shown_of_organisation(organisation_id: int, limit: int = SHOWN) -> Sequence[Project]:
    """Public projects that an organisation runs or has agreed to be a partner of, with who runs them: those that end last."""
    return db.session.scalars(_of_organisation(), {"organisation": organisation_id, "most": limit}).all()


def shown_of_network(network_id: int, limit: int = SHOWN) -> Sequence[Project]:
    """Public projects that work for a network, with who runs them: those that end last."""
    return db.session.scalars(_of_network(), {"network": network_id, "most": limit}).all()

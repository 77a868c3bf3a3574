"""Two writers with one title at the same moment: each gets an address of its own, and nobody loses what was typed."""

import datetime as dt
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Person
from portal.events.models import Event
from portal.events.services import create_event
from portal.ground.db import db
from portal.membership.models import Network
from portal.membership.services import create_network
from portal.news.models import Post
from portal.news.services import create_post
from portal.organisations.models import Organisation
from portal.organisations.services import create
from portal.projects.models import Project
from portal.projects.services import create_project
from tests.factories.networks import make_network
from tests.factories.organisations import make_organisation, words
from tests.factories.people import make_administrator
from tests.support.moments import at_once

WRITERS = 4
STARTS = dt.datetime(2027, 5, 1, 9)


def organisation(by: Person) -> None:
    create(by=by, language="pl", country="PL", **words(name="Lato"))


def network(by: Person) -> None:
    create_network(language="pl", name="Lato", by=by)


def event(by: Person) -> None:
    own = db.session.scalars(sa.select(Network)).one()
    create_event(
        host=own, language="pl", kind="other", title="Lato", summary="", description="", venue="", town="Lublin",
        timezone="Europe/Warsaw", starts_at=STARTS, ends_at=STARTS + dt.timedelta(hours=2), by=by,
    )  # fmt: skip


def post(by: Person) -> None:
    publisher = db.session.scalars(sa.select(Organisation)).one()
    create_post(publisher=publisher, language="pl", title="Lato", lead="", body="", category="news", by=by)


def project(by: Person) -> None:
    runs = db.session.scalars(sa.select(Organisation)).one()
    create_project(
        organisation=runs, language="pl", title="Lato", starts_on=STARTS.date(), ends_on=STARTS.date(), by=by
    )


@pytest.mark.parametrize(
    ("write", "model"),
    [(organisation, Organisation), (network, Network), (event, Event), (post, Post), (project, Project)],
)
def test_one_title_at_the_same_moment_becomes_several_addresses(
    app: Flask, write: Callable[[Person], None], model: type[Organisation | Network | Event | Post | Project]
) -> None:
    writer = make_administrator()
    number = writer.id
    if write is event:
        make_network()
    if write in (post, project):
        make_organisation(writer, name="Lipa")
    db.session.rollback()

    def work() -> None:
        write(db.session.get_one(Person, number))

    assert at_once(app, [work] * WRITERS) == ["done"] * WRITERS
    slugs = set(db.session.scalars(sa.select(model.slug).where(model.slug.like("lato%"))))
    assert slugs == {"lato", "lato-2", "lato-3", "lato-4"}

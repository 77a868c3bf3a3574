"""The list of what a person sees holds exactly what the predicate lets them see."""

import sqlalchemy as sa
from flask import Flask

from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.organisations.services import change_status
from portal.projects import policies, queries
from portal.projects.models import Project
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.factories.projects import make_partner, make_project


def test_visible_to_agrees_with_the_predicate(app: Flask) -> None:
    owner, coordinator, named = make_person(), make_person(), make_person()
    organisation, hidden = make_organisation(owner), make_organisation()
    network = make_network(coordinators=(coordinator,))
    make_application(network, organisation, owner, status="active")
    for state in ("draft", "published", "withdrawn"):
        make_project(organisation, state=state, network=network.id)
        make_partner(make_project(state=state), make_organisation(named))
    make_project(hidden)
    change_status(hidden, "hidden", by=PORTAL)
    everything = [queries.find(number) for number in db.session.scalars(sa.select(Project.id))]
    people = [
        None, make_person(), owner, coordinator, named, make_member(organisation, "author"), make_administrator(),
    ]  # fmt: skip
    for person in people:
        listed = set(db.session.scalars(sa.select(Project.id).where(queries.visible_to(person))))
        assert listed == {one.id for one in everything if one and policies.may_see(person, one)}

"""The list of what a person sees holds exactly what the predicate lets them see."""

import sqlalchemy as sa

from portal.events import policies, queries, services
from portal.events.models import Event
from portal.ground.authz import PORTAL
from portal.ground.db import db
from tests.factories.events import make_coordinator, make_event, make_network, make_team_member
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_administrator, make_person


def test_visible_to_agrees_with_the_predicate(app):
    network, other = make_network(), make_network("Inna sieć")
    coordinator = make_coordinator(network)
    for one in (network, other):
        make_event(one, status="draft")
        make_event(one)
        services.cancel_event(make_event(one), reason="Powódź", by=PORTAL)
    owner = make_person()
    organisation = make_organisation(owner)
    own = make_event(organisation=organisation, status="draft")
    make_event(organisation=organisation)
    desk, editor, author = make_team_member(own, "desk"), make_member(organisation), make_member(organisation, "author")
    for person in (None, make_person(), coordinator, make_administrator(), owner, editor, author, desk):
        listed = set(db.session.scalars(sa.select(Event.slug).where(queries.visible_to(person))))
        events = [queries.by_slug(slug) for slug in db.session.scalars(sa.select(Event.slug))]
        assert listed == {event.slug for event in events if policies.may_see(person, event)}

"""The list of what a person sees holds exactly what the predicate lets them see."""

import datetime as dt

import sqlalchemy as sa

from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.news import policies, queries
from portal.news.models import Post
from tests.factories.events import make_coordinator, make_network
from tests.factories.news import fresh, make_post
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_administrator, make_person

LATER = dt.datetime(2026, 11, 22, 12, 0)


def test_visible_to_agrees_with_the_predicate(app, frozen_clock):
    owner, network = make_person(), make_network()
    organisation, hidden = make_organisation(owner), make_organisation(owner)
    make_post(hidden)
    from portal.organisations import services as organisations

    organisations.change_status(hidden, "hidden", by=PORTAL)
    for publisher in (organisation, network):
        for state in ("draft", "published", "unpublished"):
            make_post(publisher, state=state)
        make_post(publisher, state="scheduled", at=LATER)
    people = [
        None,
        make_person(),
        owner,
        make_member(organisation, "translator"),
        make_coordinator(network),
        make_administrator(),
    ]
    everything = db.session.scalars(sa.select(Post.slug)).all()
    assert len(everything) == 9
    for moment in (clock.now(), clock.now() + dt.timedelta(days=2)):
        frozen_clock.set(moment)
        for person in people:
            listed = set(
                db.session.scalars(sa.select(Post.slug).outerjoin(Post.organisation).where(queries.visible_to(person)))
            )
            posts = [queries.by_slug(slug) for slug in everything]
            assert listed == {post.slug for post in posts if policies.may_see(person, post)}
    assert fresh(posts[0]).id == posts[0].id

"""The posts of the demo: public, scheduled, in one to three languages."""

import datetime as dt
from typing import Any

from portal.accounts.demo import Cast
from portal.accounts.models import Person
from portal.declaration import Demo
from portal.ground import clock
from portal.ground.db import db
from portal.membership import queries as membership_queries
from portal.membership.publishers import Publisher
from portal.news.demo.sizes import load_many
from portal.news.models import Post
from portal.news.services import create_post, publish_post, schedule_post, translate_post, update_post
from portal.organisations.models import Organisation
from portal.organisations.queries import owners_of
from portal.words.content import content, localized


def load(cast: Cast) -> None:
    for entry in content(__name__, "posts")["post"]:
        if entry["days_ago"] < 0:
            day = clock.now() - dt.timedelta(days=entry["days_ago"])
            schedule_post(_post(cast, entry), at=day.replace(tzinfo=None, minute=0), by=_writer(cast, entry))
        else:
            with clock.frozen(clock.now() - dt.timedelta(days=entry["days_ago"])):
                publish_post(_post(cast, entry), by=_writer(cast, entry))


def _post(cast: Cast, entry: dict[str, Any]) -> Post:
    title, lead, body = (localized(entry[key]) for key in ("titles", "leads", "bodies"))
    by = _writer(cast, entry)
    outdated = entry.get("outdated", [])
    texts = {"title": title.source, "lead": lead.source, "body": body.source, "category": entry["category"]}
    post = create_post(
        publisher=_publisher(cast, entry),
        language=title.original,
        **{**texts, "lead": f"{lead.source} …"} if outdated else texts,
        by=by,
    )
    for language in title.languages[1:]:
        translate_post(
            post,
            version=post.row_version,
            language=language,
            title=title.get(language),
            lead=lead.get(language),
            body=body.get(language),
            by=by,
        )
    if outdated:
        update_post(post, version=post.row_version, **texts, by=by)
    db.session.flush()
    return post


def _writer(cast: Cast, entry: dict[str, Any]) -> Person:
    """Whoever publishes there: the owner of the demo where they keep the profile, else who does; a coordinator."""
    if "network" in entry:
        return cast.people["coordinator"]
    owners = owners_of(cast.the(Organisation, entry["organisation"]))
    return next((one for one in owners if one.id == cast.people["owner"].id), owners[0])


def _publisher(cast: Cast, entry: dict[str, Any]) -> Publisher:
    if "organisation" in entry:
        return cast.the(Organisation, entry["organisation"])
    network = membership_queries.network_by_slug(entry["network"])
    assert network is not None
    return network


DEMO = Demo(load=load, enlarge={"posts": load_many})

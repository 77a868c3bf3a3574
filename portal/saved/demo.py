"""Saved searches in the demo: one whose mail waits, one for each week, one without mails, one that cannot be used any more."""

import datetime as dt

from portal.accounts.demo import Cast
from portal.accounts.models import Person
from portal.declaration import Demo, DemoPerson
from portal.ground import clock
from portal.ground.db import db
from portal.mail import Frequency
from portal.saved import queries, services
from portal.saved.models import SavedSearch
from portal.saved.searches import Search

GONE = "closed-network"  # of a network that there once was


LONG_AGO = dt.timedelta(days=34)  # what the demo has published since then is new in these searches


def load(cast: Cast) -> None:
    reader = cast.people["reader"]
    kept = (
        (Search.of("", {"country": ("BG",)}), Frequency.WEEKLY),
        (Search.of("seniorzy", {"region": ("PL-10", "PL-14")}), Frequency.NEVER),
        (Search.of("", {"kind": ("registered",), "country": ("PL",)}), Frequency.IMMEDIATE),
    )
    with clock.frozen(clock.now() - LONG_AGO):
        for search, often in kept:
            services.keep(search, frequency=often, locale=reader.locale, by=reader)
        _unusable(reader)


def _unusable(person: Person) -> None:
    """As if a filter had gone after the search was kept."""
    search, now = Search.of("", {"theme": (GONE,), "region": ("BG-23",)}), clock.now()
    reader = queries.reader_by_email(person.address)
    assert reader is not None
    db.session.add(
        SavedSearch(
            reader_id=reader.id, filters=search.stored, digest=search.digest, locale=person.locale,
            frequency=Frequency.WEEKLY, saved_at=now, confirmed_at=now, looked_at=now,
        )
    )  # fmt: skip
    db.session.flush()


DEMO = Demo(people=[DemoPerson("reader", "Румяна Читателска", "bg")], load=load)

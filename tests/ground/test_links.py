"""A link token is random, stored hashed, for one purpose and subject, revocable and expiring."""

import datetime as dt

import sqlalchemy as sa
from flask import Flask

from portal.ground import clock, links
from portal.ground.db import db, transaction
from portal.ground.links import LinkToken

DAY = dt.timedelta(days=1)


def issue(subject: str = "registration:7", *, single: bool = False) -> str:
    with transaction():
        return links.issue("registration", subject, DAY, single=single)


def test_token_leads_to_its_subject(app: Flask) -> None:
    found = links.find("registration", issue())
    assert found is not None
    assert found.subject_id == 7


def test_token_is_not_stored(app: Flask) -> None:
    token = issue()
    assert token not in str(db.session.execute(sa.select(LinkToken.token_hash, LinkToken.subject)).all())


def test_other_purpose_is_refused(app: Flask) -> None:
    assert links.find("confirm", issue()) is None


def test_expired_token_is_refused_at_the_instant(app: Flask) -> None:
    with clock.frozen(dt.datetime(2026, 11, 21, 10, tzinfo=dt.UTC)):
        token = issue()
    with clock.frozen(dt.datetime(2026, 11, 22, 9, 59, 59, tzinfo=dt.UTC)):
        assert links.find("registration", token)
    with clock.frozen(dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)):
        assert links.find("registration", token) is None


def test_revoked_token_is_refused(app: Flask) -> None:
    mine, other = issue(), issue("registration:8")
    with transaction():
        links.revoke("registration", "registration:7")
    assert links.find("registration", mine) is None
    assert links.find("registration", other)


def test_single_token_ends_the_earlier_one(app: Flask) -> None:
    first = issue()
    second = issue(single=True)
    assert links.find("registration", first) is None
    assert links.find("registration", second)


def test_nonsense_is_refused(app: Flask) -> None:
    for token in ("", "x", "ż" * 50, "a" * 5000, "\x00"):
        assert links.find("registration", token) is None

"""How long what is kept of people, as tests set it and look at it."""

import datetime as dt
import re
from typing import Any

import sqlalchemy as sa

from portal.events.models import Event
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.registration import services
from portal.registration.models import Deletion, Registration
from tests.factories.events import refreshed
from tests.fixtures.pages import FrozenClock


def after(event: Event, frozen_clock: FrozenClock, *, days: float) -> None:
    """A second after so many days have gone since the event."""
    frozen_clock.set(refreshed(event).ends_at + dt.timedelta(days=days, seconds=1))


def periods(event: Event, by: Any = PORTAL, **days: int | None) -> None:
    """Keep the data of people in these roles for so many days."""
    services.set_periods(event, version=refreshed(event).row_version, days=days, by=by)


def hold(event: Event, days: int, reason: str = "Umowa nr 7", by: Any = PORTAL) -> dt.date:
    """Keep it for so many days after the event."""
    until = (refreshed(event).ends_at + dt.timedelta(days=days)).date()
    services.hold(event, version=refreshed(event).row_version, until=until, reason=reason, by=by)
    return until


def reports(event: Event) -> list[tuple[str, int, int, bool]]:
    """(what, after how many days, how many, kept for longer) in their order."""
    db.session.rollback()
    rows = db.session.scalars(sa.select(Deletion).where(Deletion.event_id == event.id).order_by(Deletion.id))
    return [(row.category, row.days, row.number, row.held_until is not None) for row in rows]


def names(event: Event) -> list[str]:
    """Those that are left, in the order of registering."""
    db.session.rollback()
    query = sa.select(Registration.name).where(Registration.event_id == event.id).order_by(Registration.id)
    return list(db.session.scalars(query))


def words(page: Any) -> str:
    """The words of a page, without what stands between them in its code."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)).replace("\xa0", " ")

"""When two people turn out to be one."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.ground.db import db
from portal.registration.models import Registration
from portal.registration.queries import ACTIVE


def join_people(*, gone_id: int, kept_id: int) -> None:
    """Registrations of `gone_id` belong to `kept_id` (inside a transaction).

    One for an event that `kept_id` takes part in already stays where it is: its place is confirmed, and its own link
    still opens it. Nothing that was promised is taken back.
    """
    other = aliased(Registration)
    taken = sa.select(other.event_id).where(other.person_id == kept_id, other.status.in_(ACTIVE))
    db.session.execute(
        sa.update(Registration)
        .where(
            Registration.person_id == gone_id,
            sa.or_(Registration.status.not_in(ACTIVE), Registration.event_id.not_in(taken)),
        )
        .values(person_id=kept_id, row_version=Registration.row_version + 1)
        .execution_options(synchronize_session=False)
    )

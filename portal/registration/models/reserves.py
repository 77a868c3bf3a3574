"""Reserves: seats of an event or of a session that are kept for sectors or organisations."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground.db import Model, Timestamps, UtcDateTime
from portal.words.i18n import Localized, LocalizedText


class SeatReserve(Timestamps, Model):
    """So many seats of an event, or of one session, are for people of these sectors and organisations until the release.

    The counter of the seats knows how many are kept in all (`reserved`), so the database itself refuses to keep more than
    there are.
    """

    __tablename__ = "seat_reserve"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[int | None] = mapped_column(sa.ForeignKey("session.id", ondelete="CASCADE"), index=True)
    name: Mapped[Localized] = mapped_column(LocalizedText)
    seats: Mapped[int]
    sectors: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")  # codes with commas
    release_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # open to all from this instant; None: never
    released_at: Mapped[dt.datetime | None] = mapped_column(
        UtcDateTime
    )  # when the seats were given to those who waited
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        sa.CheckConstraint("(event_id IS NULL) <> (session_id IS NULL)", name="one_scope"),
        sa.CheckConstraint("seats > 0", name="seats"),
        sa.CheckConstraint("released_at IS NULL OR released_at >= release_at", name="released"),
    )


class ReservedOrganisation(Model):
    """An organisation for whose people a reserve keeps seats."""

    __tablename__ = "seat_reserve_organisation"
    reserve_id: Mapped[int] = mapped_column(
        sa.ForeignKey("seat_reserve.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    organisation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )

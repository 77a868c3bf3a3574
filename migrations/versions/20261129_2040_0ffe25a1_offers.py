"""Registrations that the team decides on, and places that are offered for a while.

Revision: 0ffe25a1
"""

import sqlalchemy as sa
from alembic import op

revision = "0ffe25a1"
down_revision = "4a220cd1"

STATES = "'unverified', 'confirmed', 'waiting', 'cancelled', 'expired'"
ALL = "'unverified', 'pending', 'offered', 'confirmed', 'waiting', 'rejected', 'declined', 'cancelled', 'expired'"
HELD = "'confirmed', 'waiting'"
ACTIVE = "'pending', 'offered', 'confirmed', 'waiting'"
DATED = "queue_at IS NOT NULL AND confirmed_at IS NOT NULL"
PLACES = "'wished', 'booked', 'waiting', 'released'"


def upgrade() -> None:
    op.add_column("event", sa.Column("approval", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("event", sa.Column("requests_hold", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("event") as table:
        table.add_column(sa.Column("offer_hours", sa.Integer(), nullable=True))
        table.create_check_constraint(op.f("ck_event_offer_hours"), "offer_hours BETWEEN 1 AND 168")
    with op.batch_alter_table("registration") as table:
        table.add_column(sa.Column("holds_seat", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column("offer_ends_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("reason", sa.Text(), server_default="", nullable=False))
        table.drop_constraint(op.f("ck_registration_status"), type_="check")
        table.create_check_constraint(op.f("ck_registration_status"), f"status IN ({ALL})")
        table.drop_constraint(op.f("ck_registration_queued"), type_="check")
        table.create_check_constraint(op.f("ck_registration_queued"), f"status NOT IN ({ACTIVE}) OR ({DATED})")
        table.create_check_constraint(
            op.f("ck_registration_offered"), "status <> 'offered' OR offer_ends_at IS NOT NULL"
        )
        table.create_check_constraint(op.f("ck_registration_holds_seat"), "status = 'pending' OR NOT holds_seat")
    _one_active(ACTIVE)
    with op.batch_alter_table("booking") as table:
        table.add_column(sa.Column("offer_ends_at", sa.DateTime(timezone=True), nullable=True))
        table.drop_constraint(op.f("ck_booking_status"), type_="check")
        table.create_check_constraint(op.f("ck_booking_status"), f"status IN ('offered', {PLACES})")
        table.drop_constraint(op.f("ck_booking_queued"), type_="check")
        table.create_check_constraint(
            op.f("ck_booking_queued"), "status NOT IN ('offered', 'booked', 'waiting') OR queue_at IS NOT NULL"
        )
        table.create_check_constraint(op.f("ck_booking_offered"), "status <> 'offered' OR offer_ends_at IS NOT NULL")


def downgrade() -> None:
    """Whoever was offered a place waits again; whoever asked for one, too."""
    op.execute("UPDATE booking SET status = 'waiting' WHERE status = 'offered'")
    with op.batch_alter_table("booking") as table:
        table.drop_constraint(op.f("ck_booking_offered"), type_="check")
        table.drop_constraint(op.f("ck_booking_status"), type_="check")
        table.create_check_constraint(op.f("ck_booking_status"), f"status IN ({PLACES})")
        table.drop_constraint(op.f("ck_booking_queued"), type_="check")
        table.create_check_constraint(
            op.f("ck_booking_queued"), "status NOT IN ('booked', 'waiting') OR queue_at IS NOT NULL"
        )
        table.drop_column("offer_ends_at")
    op.execute("UPDATE registration SET status = 'waiting', holds_seat = false WHERE status IN ('pending', 'offered')")
    op.execute("UPDATE registration SET status = 'cancelled' WHERE status IN ('rejected', 'declined')")
    with op.batch_alter_table("registration") as table:
        table.drop_constraint(op.f("ck_registration_offered"), type_="check")
        table.drop_constraint(op.f("ck_registration_holds_seat"), type_="check")
        table.drop_constraint(op.f("ck_registration_status"), type_="check")
        table.create_check_constraint(op.f("ck_registration_status"), f"status IN ({STATES})")
        table.drop_constraint(op.f("ck_registration_queued"), type_="check")
        table.create_check_constraint(op.f("ck_registration_queued"), f"status NOT IN ({HELD}) OR ({DATED})")
        for column in ("reason", "offer_ends_at", "holds_seat"):
            table.drop_column(column)
    _one_active(HELD)
    with op.batch_alter_table("event") as table:
        table.drop_constraint(op.f("ck_event_offer_hours"), type_="check")
        for column in ("offer_hours", "requests_hold", "approval"):
            table.drop_column(column)


def _one_active(states: str) -> None:
    """One of these for each person and event."""
    op.drop_index("uq_registration_active_person", table_name="registration")
    where = sa.text(f"status IN ({states})")
    op.create_index(
        "uq_registration_active_person", "registration", ["event_id", "person_id"], unique=True,
        sqlite_where=where, postgresql_where=where,
    )  # fmt: skip

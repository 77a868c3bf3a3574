"""What people are still to be told of when a programme has changed, and who has lost a place by it.

Revision: d16e57a0
"""

import sqlalchemy as sa
from alembic import op

revision = "d16e57a0"
down_revision = "c7a90b12"

_OF_SESSION = sa.text("session_id IS NOT NULL")
_OF_EVENT = sa.text("session_id IS NULL")
_STATES = "'wished', 'offered', 'booked', 'waiting', 'released'"
_UNTOLD = sa.text("told_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "registration_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("online", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_registration_notice_registration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_registration_notice_session_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_registration_notice_room_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_notice")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_registration_notice_room_id", "registration_notice", ["room_id"])
    op.create_index("ix_registration_notice_session_id", "registration_notice", ["session_id"])
    op.create_index(
        "uq_registration_notice_session", "registration_notice", ["registration_id", "session_id"], unique=True,
        sqlite_where=_OF_SESSION, postgresql_where=_OF_SESSION,
    )  # fmt: skip
    op.create_index(
        "uq_registration_notice_event", "registration_notice", ["registration_id"], unique=True,
        sqlite_where=_OF_EVENT, postgresql_where=_OF_EVENT,
    )  # fmt: skip
    op.create_index(
        "ix_registration_notice_due", "registration_notice", ["due_at"],
        sqlite_where=_UNTOLD, postgresql_where=_UNTOLD,
    )  # fmt: skip
    _states(f"{_STATES}, 'displaced'", "status NOT IN ('released', 'displaced')")
    op.add_column("booking", sa.Column("front_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Who was displaced has given the place up."""
    op.drop_column("booking", "front_at")
    op.execute("UPDATE booking SET status = 'released' WHERE status = 'displaced'")
    _states(_STATES, "status <> 'released'")
    op.drop_table("registration_notice")


def _states(states: str, held: str) -> None:
    op.drop_index("uq_booking_active", table_name="booking")
    with op.batch_alter_table("booking") as table:
        table.drop_constraint(op.f("ck_booking_status"), type_="check")
        table.create_check_constraint(op.f("ck_booking_status"), f"status IN ({states})")
    op.create_index(
        "uq_booking_active", "booking", ["registration_id", "session_id"], unique=True,
        sqlite_where=sa.text(held), postgresql_where=sa.text(held),
    )  # fmt: skip

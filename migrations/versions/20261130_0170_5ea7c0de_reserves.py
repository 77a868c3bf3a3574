"""Seats that are kept for sectors and organisations, and a limit for each organisation.

Revision: 5ea7c0de
"""

import sqlalchemy as sa
from alembic import op

revision = "5ea7c0de"
down_revision = "9e03c7aa"

RESERVED = "reserved >= 0 AND reserved <= seats"
LIMIT = "max_per_organisation IS NULL OR (max_per_organisation >= 1 AND seats IS NOT NULL)"


def upgrade() -> None:
    op.create_table(
        "seat_reserve",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("sectors", sa.String(length=200), server_default="", nullable=False),
        sa.Column("release_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(event_id IS NULL) <> (session_id IS NULL)", name=op.f("ck_seat_reserve_one_scope")),
        sa.CheckConstraint("seats > 0", name=op.f("ck_seat_reserve_seats")),
        sa.CheckConstraint("released_at IS NULL OR released_at >= release_at", name=op.f("ck_seat_reserve_released")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_seat_reserve_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_seat_reserve_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_reserve")),
    )
    op.create_index(op.f("ix_seat_reserve_event_id"), "seat_reserve", ["event_id"], unique=False)
    op.create_index(op.f("ix_seat_reserve_session_id"), "seat_reserve", ["session_id"], unique=False)
    op.create_table(
        "seat_reserve_organisation",
        sa.Column("reserve_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["reserve_id"], ["seat_reserve.id"], name=op.f("fk_seat_reserve_organisation_reserve_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_seat_reserve_organisation_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reserve_id", "organisation_id", name=op.f("pk_seat_reserve_organisation")),
    )  # fmt: skip
    op.create_index(
        op.f("ix_seat_reserve_organisation_organisation_id"),
        "seat_reserve_organisation",
        ["organisation_id"],
        unique=False,
    )
    with op.batch_alter_table("event_seats") as table:
        table.add_column(sa.Column("reserved", sa.Integer(), server_default="0", nullable=False))
        table.create_check_constraint(op.f("ck_event_seats_reserved"), RESERVED)
    with op.batch_alter_table("session_seats") as table:
        table.add_column(sa.Column("reserved", sa.Integer(), server_default="0", nullable=False))
        table.create_check_constraint(op.f("ck_session_seats_reserved"), RESERVED)
    with op.batch_alter_table("event") as table:
        table.add_column(sa.Column("max_per_organisation", sa.Integer(), nullable=True))
        table.create_check_constraint(op.f("ck_event_max_per_organisation"), LIMIT)


def downgrade() -> None:
    with op.batch_alter_table("event") as table:
        table.drop_constraint(op.f("ck_event_max_per_organisation"), type_="check")
        table.drop_column("max_per_organisation")
    for counter in ("session_seats", "event_seats"):
        with op.batch_alter_table(counter) as table:
            table.drop_constraint(op.f(f"ck_{counter}_reserved"), type_="check")
            table.drop_column("reserved")
    op.drop_table("seat_reserve_organisation")
    op.drop_table("seat_reserve")

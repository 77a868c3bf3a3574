"""Delegations: seats that an organisation asks for, whose people are named now or later.

Revision: de1e9a70
"""

import sqlalchemy as sa
from alembic import op

revision = "de1e9a70"
down_revision = "0ca11ed0"

CATEGORIES = "'answers', 'needs', 'invitations', 'delegations', 'details'"
BEFORE = "'answers', 'needs', 'invitations', 'details'"


def upgrade() -> None:
    with op.batch_alter_table("deletion") as table:
        table.drop_constraint(op.f("ck_deletion_category"), type_="check")
        table.create_check_constraint(op.f("ck_deletion_category"), f"category IN ({CATEGORIES})")
    with op.batch_alter_table("event") as table:
        table.add_column(sa.Column("takes_delegations", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column("names_due_days", sa.Integer(), nullable=True))
        table.create_check_constraint(op.f("ck_event_names_due_days"), "names_due_days BETWEEN 1 AND 60")
    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("locale", sa.String(length=2), nullable=False),
        sa.Column("affiliation", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("sector", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("accepts_waiting", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("queue_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("names_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Integer(), nullable=False),
        sa.Column("kept_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("typed_email", sa.String(length=320), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('unverified', 'pending', 'active', 'rejected', 'cancelled', 'expired')",
            name=op.f("ck_delegation_status"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('pending', 'active') OR queue_at IS NOT NULL", name=op.f("ck_delegation_queued")
        ),
        sa.CheckConstraint("size BETWEEN 2 AND 100", name=op.f("ck_delegation_size")),
        sa.CheckConstraint("reminded BETWEEN 0 AND 2", name=op.f("ck_delegation_reminded")),
        sa.CheckConstraint("passed >= 0", name=op.f("ck_delegation_passed")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_delegation_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_delegation_organisation_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_delegation_person_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        sa.UniqueConstraint("key", name=op.f("uq_delegation_key")),
    )
    for column in ("email", "event_id", "organisation_id", "person_id"):
        op.create_index(op.f(f"ix_delegation_{column}"), "delegation", [column], unique=False)
    op.create_table(
        "delegation_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("locale", sa.String(length=2), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("typed_email", sa.String(length=320), nullable=True),
        sa.CheckConstraint(
            "status IN ('wished', 'waiting', 'offered', 'held', 'named', 'returned', 'lapsed')",
            name=op.f("ck_delegation_seat_status"),
        ),
        sa.CheckConstraint("registration_id IS NULL OR status = 'named'", name=op.f("ck_delegation_seat_named")),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_delegation_seat_delegation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_delegation_seat_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_delegation_seat_registration_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation_seat")),
        sa.UniqueConstraint(
            "delegation_id", "registration_id", name=op.f("uq_delegation_seat_delegation_id_registration_id")
        ),
    )  # fmt: skip
    op.create_index("ix_delegation_seat_event", "delegation_seat", ["event_id", "status", "until"], unique=False)
    op.create_index(op.f("ix_delegation_seat_registration_id"), "delegation_seat", ["registration_id"], unique=False)


def downgrade() -> None:
    op.drop_table("delegation_seat")
    op.drop_table("delegation")
    with op.batch_alter_table("event") as table:
        table.drop_constraint(op.f("ck_event_names_due_days"), type_="check")
        table.drop_column("names_due_days")
        table.drop_column("takes_delegations")
    op.execute("DELETE FROM deletion WHERE category = 'delegations'")
    with op.batch_alter_table("deletion") as table:
        table.drop_constraint(op.f("ck_deletion_category"), type_="check")
        table.create_check_constraint(op.f("ck_deletion_category"), f"category IN ({BEFORE})")

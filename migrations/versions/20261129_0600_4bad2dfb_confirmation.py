"""The calendar of confirmation, organisations that have ended, and proposals to close one.

Revision: 4bad2dfb
"""

import sqlalchemy as sa
from alembic import op

revision = "4bad2dfb"
down_revision = "6c1f0e5d"

BEFORE = "'draft', 'pending', 'published', 'hidden', 'suspended'"
STATES = f"{BEFORE}, 'closed'"
STEPS = "step IN (22, 24, 25, 36)"


def upgrade() -> None:
    with op.batch_alter_table("organisation") as table:
        table.add_column(sa.Column("dormant_since", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("closed_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("closed_reason", sa.Text(), nullable=True))
        table.drop_constraint(op.f("ck_organisation_status"), type_="check")
        table.create_check_constraint(op.f("ck_organisation_status"), f"status IN ({STATES})")
        table.create_index(op.f("ix_organisation_confirmed_at"), ["confirmed_at"])
    op.create_table(
        "confirmation_silence",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("step_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("task_since", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(STEPS, name=op.f("ck_confirmation_silence_step")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_confirmation_silence_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_confirmation_silence")),
    )  # fmt: skip
    op.create_index(op.f("ix_confirmation_silence_task_since"), "confirmation_silence", ["task_since"])
    op.create_table(
        "confirmation_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(STEPS, name=op.f("ck_confirmation_request_step")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_confirmation_request_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_confirmation_request_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation_request")),
        sa.UniqueConstraint(
            "organisation_id", "person_id", name=op.f("uq_confirmation_request_organisation_id_person_id")
        ),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_index(op.f("ix_confirmation_request_organisation_id"), "confirmation_request", ["organisation_id"])
    op.create_index(op.f("ix_confirmation_request_person_id"), "confirmation_request", ["person_id"])
    op.create_table(
        "closing_proposal",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_closing_proposal_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["person.id"], name=op.f("fk_closing_proposal_proposed_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_closing_proposal")),
    )  # fmt: skip
    op.create_index(op.f("ix_closing_proposal_proposed_by"), "closing_proposal", ["proposed_by"])


def downgrade() -> None:
    op.drop_table("closing_proposal")
    op.drop_table("confirmation_request")
    op.drop_table("confirmation_silence")
    op.execute(
        "UPDATE organisation SET status = 'hidden' WHERE status = 'closed'"
    )  # a state that the release before has
    with op.batch_alter_table("organisation") as table:
        table.drop_index(op.f("ix_organisation_confirmed_at"))
        table.drop_constraint(op.f("ck_organisation_status"), type_="check")
        table.create_check_constraint(op.f("ck_organisation_status"), f"status IN ({BEFORE})")
        table.drop_column("closed_reason")
        table.drop_column("closed_on")
        table.drop_column("dormant_since")

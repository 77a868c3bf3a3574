"""How long the data of the people of an event are kept, reports of what was deleted, and receipts.

Revision: 7e3a9f01
"""

import sqlalchemy as sa
from alembic import op

revision = "7e3a9f01"
down_revision = "0a54c3d7"

CATEGORIES = "'answers', 'needs', 'invitations', 'details'"
HELD = "(held_until IS NULL) = (held_reason = '') AND (held_until IS NULL) = (ids_hash <> '')"


def upgrade() -> None:
    op.add_column("event", sa.Column("role_days", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("event", sa.Column("hold_reason", sa.Text(), server_default="", nullable=False))
    # In words, because SQLite would build the table anew, and both tables have keys that the steps before have written so.
    hold = "CONSTRAINT ck_event_hold CHECK ((held_until IS NULL) = (hold_reason = ''))"
    op.execute(f"ALTER TABLE event ADD COLUMN held_until DATE {hold}")
    days = "CONSTRAINT ck_question_kept_days CHECK (kept_days BETWEEN 0 AND 365)"
    op.execute(f"ALTER TABLE question ADD COLUMN kept_days INTEGER {days}")
    op.add_column("registration", sa.Column("receipt", sa.String(length=24), nullable=True))
    op.create_table(
        "deletion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("category", sa.String(length=12), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ids_hash", sa.String(length=64), nullable=False),
        sa.Column("held_until", sa.Date(), nullable=True),
        sa.Column("held_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(f"category IN ({CATEGORIES})", name=op.f("ck_deletion_category")),
        sa.CheckConstraint("(category = 'answers') = (question_id IS NOT NULL)", name=op.f("ck_deletion_question")),
        sa.CheckConstraint("days BETWEEN 0 AND 365", name=op.f("ck_deletion_days")),
        sa.CheckConstraint("number > 0", name=op.f("ck_deletion_number")),
        sa.CheckConstraint(HELD, name=op.f("ck_deletion_held")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_deletion_event_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_deletion_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deletion")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deletion_event", "deletion", ["event_id", "id"])
    op.create_index(op.f("ix_deletion_question_id"), "deletion", ["question_id"])
    op.create_table(
        "deletion_receipt",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("deleted_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_deletion_receipt_event_id")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_deletion_receipt")),
    )
    op.create_index(op.f("ix_deletion_receipt_event_id"), "deletion_receipt", ["event_id"])


def downgrade() -> None:
    op.drop_table("deletion_receipt")
    op.drop_table("deletion")
    op.drop_column("registration", "receipt")
    op.drop_column("question", "kept_days")
    with op.batch_alter_table("event") as table:
        table.drop_constraint(op.f("ck_event_hold"), type_="check")
        for column in ("held_until", "hold_reason", "role_days"):
            table.drop_column(column)

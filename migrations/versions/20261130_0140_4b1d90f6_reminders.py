"""Reminders of events, and who has got them.

Revision: 4b1d90f6
"""

import sqlalchemy as sa
from alembic import op

revision = "4b1d90f6"
down_revision = "2a7c51e0"


def upgrade() -> None:
    op.add_column("event", sa.Column("reminder_days", sa.String(length=20), server_default="", nullable=False))
    op.add_column("event", sa.Column("reminder_text", sa.Text(), nullable=True))
    op.create_table(
        "reminder_sent",
        sa.Column("registration_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_reminder_sent_registration_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("registration_id", "days", name=op.f("pk_reminder_sent")),
    )


def downgrade() -> None:
    op.drop_table("reminder_sent")
    op.drop_column("event", "reminder_text")
    op.drop_column("event", "reminder_days")

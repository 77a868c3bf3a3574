"""People without a mailbox, and what their team tells them.

Revision: 0ca11ed0
"""

import sqlalchemy as sa
from alembic import op

revision = "0ca11ed0"
down_revision = "5ea7c0de"

BEFORE = "'queued', 'sent', 'failed', 'unwanted'"
TOLD = "'untold', 'told'"


def upgrade() -> None:
    op.add_column("registration", sa.Column("phone", sa.String(length=40), server_default="", nullable=False))
    with op.batch_alter_table("outbox_mail") as table:
        table.drop_constraint(op.f("ck_outbox_mail_state"), type_="check")
        table.create_check_constraint(op.f("ck_outbox_mail_state"), f"state IN ({BEFORE}, {TOLD})")


def downgrade() -> None:
    op.execute("DELETE FROM outbox_mail WHERE state IN ('untold', 'told')")
    with op.batch_alter_table("outbox_mail") as table:
        table.drop_constraint(op.f("ck_outbox_mail_state"), type_="check")
        table.create_check_constraint(op.f("ck_outbox_mail_state"), f"state IN ({BEFORE})")
    op.drop_column("registration", "phone")

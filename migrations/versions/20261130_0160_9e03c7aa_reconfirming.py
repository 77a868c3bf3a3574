"""Asking people whether they come.

Revision: 9e03c7aa
"""

import sqlalchemy as sa
from alembic import op

revision = "9e03c7aa"
down_revision = "0b57e1a6"


def upgrade() -> None:
    op.add_column("event", sa.Column("reconfirm_releases", sa.Boolean(), server_default=sa.false(), nullable=False))
    # In words, so that SQLite keeps the table as it is and the CHECK goes with the column.
    check = "CONSTRAINT ck_event_reconfirm_days CHECK (reconfirm_days BETWEEN 4 AND 30)"
    op.execute(f"ALTER TABLE event ADD COLUMN reconfirm_days INTEGER {check}")
    op.add_column("registration", sa.Column("reconfirm_asked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("registration", sa.Column("reconfirm_reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("registration", sa.Column("reconfirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("registration", sa.Column("release_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for column in ("release_at", "reconfirmed_at", "reconfirm_reminded_at", "reconfirm_asked_at"):
        op.drop_column("registration", column)
    with op.batch_alter_table("event") as table:
        table.drop_constraint(op.f("ck_event_reconfirm_days"), type_="check")
        table.drop_column("reconfirm_days")
        table.drop_column("reconfirm_releases")

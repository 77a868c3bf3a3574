"""What is due stands in a table, and each worker counts in a row of its own.

Revision: 9a4c1e07
"""

import sqlalchemy as sa
from alembic import op

revision = "9a4c1e07"
down_revision = "7d1e40c2"


def upgrade() -> None:
    op.add_column("heartbeat", sa.Column("beats", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "periodic_job",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("worker", sa.String(length=40), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.CheckConstraint("outcome IN ('done', 'failed', 'lost')", name=op.f("ck_periodic_job_outcome")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_periodic_job")),
    )


def downgrade() -> None:
    op.drop_table("periodic_job")
    op.drop_column("heartbeat", "beats")

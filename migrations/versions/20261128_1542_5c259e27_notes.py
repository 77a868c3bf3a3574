"""Notes: what the database says about itself.

Revision: 5c259e27
"""

import sqlalchemy as sa
from alembic import op

revision = "5c259e27"
down_revision = "20261121_versions"


def upgrade() -> None:
    op.create_table(
        "database_note",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_database_note")),
    )


def downgrade() -> None:
    op.drop_table("database_note")

"""The version of the data: a random value that moves with every change that visitors may see.

Revision: 7d41c0aa
"""

import sqlalchemy as sa
from alembic import op

revision = "7d41c0aa"
down_revision = "5c259e27"


def upgrade() -> None:
    op.create_table(
        "data_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.String(length=32), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_data_version_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_version")),
    )


def downgrade() -> None:
    op.drop_table("data_version")

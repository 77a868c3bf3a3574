"""Versions of rooms, slots and questions: of two who change one at once, the second sees both versions.

Revision: 20261121_versions
"""

import sqlalchemy as sa
from alembic import op

revision = "20261121_versions"
down_revision = "20261121_operator"


def upgrade() -> None:
    for table in ("room", "slot", "network_question"):
        op.add_column(table, sa.Column("row_version", sa.Integer(), server_default="1", nullable=False))


def downgrade() -> None:
    for table in ("room", "slot", "network_question"):
        op.drop_column(table, "row_version")

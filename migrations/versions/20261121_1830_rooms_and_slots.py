"""Versions of rooms and slots: of two who change one at once, the second sees both versions.

Revision: 20261121_places
"""

import sqlalchemy as sa
from alembic import op

revision = "20261121_places"
down_revision = "20261121_operator"


def upgrade() -> None:
    for table in ("room", "slot"):
        op.add_column(table, sa.Column("row_version", sa.Integer(), server_default="1", nullable=False))


def downgrade() -> None:
    for table in ("room", "slot"):
        op.drop_column(table, "row_version")

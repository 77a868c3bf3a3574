"""What a room has for people who need it.

Revision: 4007acce
"""

import sqlalchemy as sa
from alembic import op

revision = "4007acce"
down_revision = "da750e1f"


def upgrade() -> None:
    op.add_column("room", sa.Column("access", sa.String(200), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("room", "access")

"""How people get into the office of whoever runs the portal; nobody has said it yet.

Revision: b7c1a0d4
"""

import sqlalchemy as sa
from alembic import op

revision = "b7c1a0d4"
down_revision = "d4a0f7c2"


def upgrade() -> None:
    op.add_column("operator", sa.Column("office_access", sa.String(length=1000), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("operator", "office_access")

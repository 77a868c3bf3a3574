"""What becomes of the other waiting places of somebody who gets one of them.

Revision: 2a7c51e0
"""

import sqlalchemy as sa
from alembic import op

revision = "2a7c51e0"
down_revision = "7e3a9f01"


def upgrade() -> None:
    op.add_column("registration", sa.Column("drops_waits", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("registration", "drops_waits")

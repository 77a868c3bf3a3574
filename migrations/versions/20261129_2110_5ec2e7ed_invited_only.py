"""Events that only their team and the invited know of.

Revision: 5ec2e7ed
"""

import sqlalchemy as sa
from alembic import op

revision = "5ec2e7ed"
down_revision = "0ffe25a1"


def upgrade() -> None:
    op.add_column("event", sa.Column("invited_only", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("event", "invited_only")

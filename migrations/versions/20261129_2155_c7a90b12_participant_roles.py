"""In which roles people take part in an event.

Revision: c7a90b12
"""

import sqlalchemy as sa
from alembic import op

revision = "c7a90b12"
down_revision = "9e41d7c3"


def upgrade() -> None:
    op.add_column("event", sa.Column("participant_roles", sa.String(length=120), server_default="", nullable=False))
    op.add_column("registration", sa.Column("role", sa.String(length=16), server_default="participant", nullable=False))


def downgrade() -> None:
    op.drop_column("registration", "role")
    op.drop_column("event", "participant_roles")

"""People who share a mailbox: their registrations are found by it, and each has calendar entries of its own.

Revision: 7d1e40c2
"""

import sqlalchemy as sa
from alembic import op

revision = "7d1e40c2"
down_revision = "79735299"


def upgrade() -> None:
    op.add_column("registration", sa.Column("calendar", sa.String(length=8), server_default="", nullable=False))
    op.create_index("ix_registration_email", "registration", ["email"])


def downgrade() -> None:
    op.drop_index("ix_registration_email", "registration")
    op.drop_column("registration", "calendar")

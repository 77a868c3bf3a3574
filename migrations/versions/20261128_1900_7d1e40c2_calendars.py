"""Calendars: whose entries the calendar file of a registration has.

Revision: 7d1e40c2
"""

import sqlalchemy as sa
from alembic import op

revision = "7d1e40c2"
down_revision = "5c259e27"


def upgrade() -> None:
    op.add_column("registration", sa.Column("calendar", sa.String(length=8), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("registration", "calendar")

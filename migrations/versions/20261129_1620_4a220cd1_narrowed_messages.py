"""What narrows the audience of a message: a session, a day, a language.

Revision: 4a220cd1
"""

import sqlalchemy as sa
from alembic import op

revision = "4a220cd1"
down_revision = "e7e27ea3"


def upgrade() -> None:
    op.add_column("message", sa.Column("narrowed", sa.JSON(), server_default="{}", nullable=False))


def downgrade() -> None:
    op.drop_column("message", "narrowed")

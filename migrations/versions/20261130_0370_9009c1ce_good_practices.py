"""Good practices of projects.

Revision: 9009c1ce
"""

import sqlalchemy as sa
from alembic import op

revision = "9009c1ce"
down_revision = "71c70000"

NO_TEXT = '{"original": "pl", "sources": {}, "texts": {}}'
TEXTS = ("practice", "practice_done", "practice_repeat", "practice_cost")


def upgrade() -> None:
    for name in TEXTS:
        op.add_column("project", sa.Column(name, sa.Text(), server_default=NO_TEXT, nullable=False))
    op.add_column("project", sa.Column("has_practice", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("project") as table:
        for name in ("has_practice", *reversed(TEXTS)):
            table.drop_column(name)

"""The organisation and the sector that people name when they register.

Revision: 0a54c3d7
"""

import sqlalchemy as sa
from alembic import op

revision = "0a54c3d7"
down_revision = "d16e57a0"

KEY = "fk_registration_organisation_id"


def upgrade() -> None:
    op.add_column("event", sa.Column("asks_organisation", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("registration", sa.Column("sector", sa.String(length=32), server_default="", nullable=False))
    with op.batch_alter_table("registration") as table:
        table.add_column(sa.Column("organisation_id", sa.Integer(), nullable=True))
        table.create_foreign_key(KEY, "organisation", ["organisation_id"], ["id"], ondelete="SET NULL")
        table.create_index(op.f("ix_registration_organisation_id"), ["organisation_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("registration") as table:
        table.drop_index(op.f("ix_registration_organisation_id"))
        table.drop_constraint(KEY, type_="foreignkey")
        table.drop_column("organisation_id")
        table.drop_column("sector")
    op.drop_column("event", "asks_organisation")

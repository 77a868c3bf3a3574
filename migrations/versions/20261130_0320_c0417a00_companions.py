"""People who come along with somebody and have no name, and how often those who wait together were passed.

Revision: c0417a00
"""

import sqlalchemy as sa
from alembic import op

revision = "c0417a00"
down_revision = "4ec04d00"


def upgrade() -> None:
    with op.batch_alter_table("event") as table:
        table.add_column(sa.Column("max_companions", sa.Integer(), nullable=True))
        table.create_check_constraint(op.f("ck_event_max_companions"), "max_companions BETWEEN 1 AND 4")
    with op.batch_alter_table("registration") as table:
        table.add_column(sa.Column("companions", sa.Integer(), server_default="0", nullable=False))
        table.add_column(sa.Column("passed", sa.Integer(), server_default="0", nullable=False))
        table.add_column(sa.Column("kept_until", sa.DateTime(timezone=True), nullable=True))
        table.create_check_constraint(op.f("ck_registration_companions"), "companions BETWEEN 0 AND 4")
        table.create_check_constraint(op.f("ck_registration_passed"), "passed >= 0")


def downgrade() -> None:
    with op.batch_alter_table("registration") as table:
        table.drop_constraint(op.f("ck_registration_passed"), type_="check")
        table.drop_constraint(op.f("ck_registration_companions"), type_="check")
        table.drop_column("kept_until")
        table.drop_column("passed")
        table.drop_column("companions")
    with op.batch_alter_table("event") as table:
        table.drop_constraint(op.f("ck_event_max_companions"), type_="check")
        table.drop_column("max_companions")

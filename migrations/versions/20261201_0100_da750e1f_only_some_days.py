"""On which days somebody comes, and what they have given up on the others.

Revision: da750e1f
"""

import sqlalchemy as sa
from alembic import op

revision = "da750e1f"
down_revision = "f4a3e500"


def upgrade() -> None:
    op.add_column("registration", sa.Column("coming_days", sa.String(200), server_default="", nullable=False))
    with op.batch_alter_table("booking") as table:
        table.add_column(sa.Column("off_day", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.create_check_constraint(op.f("ck_booking_off_day"), "status = 'released' OR NOT off_day")


def downgrade() -> None:
    with op.batch_alter_table("booking") as table:
        table.drop_constraint(op.f("ck_booking_off_day"), type_="check")
        table.drop_column("off_day")
    op.drop_column("registration", "coming_days")

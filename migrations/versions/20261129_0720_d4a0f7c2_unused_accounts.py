"""When an account was last used, and how far it has come with those that nobody uses.

Of the accounts that are there nobody knows it: they begin with the first run of the job, and none of them is warned for
what was before.

Revision: d4a0f7c2
"""

import sqlalchemy as sa
from alembic import op

revision = "d4a0f7c2"
down_revision = "5a7e4c1d"


def upgrade() -> None:
    op.add_column("account", sa.Column("used_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "unused_account",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("warned_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("held_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look_on", sa.Date(), nullable=False),
        sa.CheckConstraint("warned_again_at IS NULL OR warned_at IS NOT NULL", name=op.f("ck_unused_account_order")),
        sa.CheckConstraint("(warned_at IS NULL) = (last_day IS NULL)", name=op.f("ck_unused_account_said")),
        sa.CheckConstraint("held_since IS NULL OR warned_at IS NULL", name=op.f("ck_unused_account_held")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_unused_account_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_unused_account")),
    )
    op.create_index(op.f("ix_unused_account_look_on"), "unused_account", ["look_on"])


def downgrade() -> None:
    op.drop_index(op.f("ix_unused_account_look_on"), "unused_account")
    op.drop_table("unused_account")
    op.drop_column("account", "used_at")

"""Sessions that end: a row for every browser in which somebody is signed in; what a request for an account is about.

Revision: 79735299
"""

import sqlalchemy as sa
from alembic import op

revision = "79735299"
down_revision = "3f0b71c9"


def upgrade() -> None:
    op.create_table(
        "account_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("number_hash", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("stays", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_session_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_session")),
        sa.UniqueConstraint("number_hash", name=op.f("uq_account_session_number_hash")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("account_session") as table:
        table.create_index(op.f("ix_account_session_account_id"), ["account_id"])
        table.create_index(op.f("ix_account_session_ends_at"), ["ends_at"])
    with op.batch_alter_table("sign_up") as table:
        table.add_column(sa.Column("wanted", sa.Text(), nullable=True))
        table.add_column(sa.Column("corrected", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("sign_up") as table:
        table.drop_column("corrected")
        table.drop_column("wanted")
    op.drop_table("account_session")

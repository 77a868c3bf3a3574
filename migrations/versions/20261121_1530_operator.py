"""Who runs the portal.

Revision: 20261121_operator
"""

import sqlalchemy as sa
from alembic import op

revision = "20261121_operator"
down_revision = "20261121_first"


def upgrade() -> None:
    op.create_table(
        "operator",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("protection_officer", sa.String(length=320), nullable=False),
        sa.Column("accessibility_contact", sa.String(length=200), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_operator_only")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator")),
    )


def downgrade() -> None:
    op.drop_table("operator")

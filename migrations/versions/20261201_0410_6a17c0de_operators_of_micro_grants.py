"""Organisations that the portal team has named as operators of micro-grants.

Revision: 6a17c0de
"""

import sqlalchemy as sa
from alembic import op

revision = "6a17c0de"
down_revision = "4007acce"


def upgrade() -> None:
    op.create_table(
        "grant_operator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("ended_at >= granted_at", name=op.f("ck_grant_operator_order")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_grant_operator_organisation_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["person.id"], name=op.f("fk_grant_operator_granted_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["person.id"], name=op.f("fk_grant_operator_ended_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_operator")),
        sqlite_autoincrement=True,
    )
    for column in ("organisation_id", "granted_by", "ended_by"):
        op.create_index(op.f(f"ix_grant_operator_{column}"), "grant_operator", [column])
    op.create_index(
        "uq_grant_operator_open",
        "grant_operator",
        ["organisation_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("grant_operator")

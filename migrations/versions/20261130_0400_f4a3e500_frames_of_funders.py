"""Frames in which a funder asks a network for results.

Revision: f4a3e500
"""

import sqlalchemy as sa
from alembic import op

revision = "f4a3e500"
down_revision = "e51de0ce"


def upgrade() -> None:
    op.create_table(
        "impact_frame",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("funder", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'published')", name=op.f("ck_impact_frame_state")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_impact_frame_order")),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_impact_frame_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_frame")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_impact_frame_network_id"), "impact_frame", ["network_id"])
    op.create_table(
        "impact_frame_outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("frame_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["frame_id"], ["impact_frame.id"], name=op.f("fk_impact_frame_outcome_frame_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_frame_outcome")),
        sa.UniqueConstraint("frame_id", "position", name=op.f("uq_impact_frame_outcome_frame_id_position")),
        sa.UniqueConstraint("id", "frame_id", name=op.f("uq_impact_frame_outcome_id_frame_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "impact_frame_output",
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("target", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("target > 0", name=op.f("ck_impact_frame_output_target")),
        sa.ForeignKeyConstraint(
            ["outcome_id"],
            ["impact_frame_outcome.id"],
            name=op.f("fk_impact_frame_output_outcome_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("outcome_id", "code", name=op.f("pk_impact_frame_output")),
    )
    op.create_table(
        "impact_frame_project",
        sa.Column("frame_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["frame_id"], ["impact_frame.id"], name=op.f("fk_impact_frame_project_frame_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id", "frame_id"],
            ["impact_frame_outcome.id", "impact_frame_outcome.frame_id"],
            name=op.f("fk_impact_frame_project_outcome_id_frame_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_impact_frame_project_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("frame_id", "project_id", name=op.f("pk_impact_frame_project")),
    )
    op.create_index("ix_impact_frame_project_outcome_id", "impact_frame_project", ["outcome_id", "project_id"])
    op.create_index(op.f("ix_impact_frame_project_project_id"), "impact_frame_project", ["project_id"])


def downgrade() -> None:
    op.drop_table("impact_frame_project")
    op.drop_table("impact_frame_output")
    op.drop_table("impact_frame_outcome")
    op.drop_table("impact_frame")

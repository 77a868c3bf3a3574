"""Photos and logos of project cards.

Revision: 71c70000
"""

import sqlalchemy as sa
from alembic import op

revision = "71c70000"
down_revision = "a1400000"


def upgrade() -> None:
    op.create_table(
        "project_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("consent", sa.String(length=8), nullable=False),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(kind = 'photo') = (consent <> '')", name=op.f("ck_project_picture_asked")),
        sa.CheckConstraint("consent IN ('', 'agreed', 'nobody')", name=op.f("ck_project_picture_consent")),
        sa.CheckConstraint("kind IN ('photo', 'logo')", name=op.f("ck_project_picture_kind")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_project_picture_file_id")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_picture_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_picture")),
        sa.UniqueConstraint("file_id", name=op.f("uq_project_picture_file_id")),
    )
    op.create_index(op.f("ix_project_picture_project_id"), "project_picture", ["project_id"])


def downgrade() -> None:
    op.drop_table("project_picture")

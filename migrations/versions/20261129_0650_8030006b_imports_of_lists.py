"""Lists of organisations that are brought in, row by row, and where an imported profile comes from.

Revision: 8030006b
"""

import sqlalchemy as sa
from alembic import op

revision = "8030006b"
down_revision = "5f12c63b"


def upgrade() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("heads", sa.JSON(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("starts", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("makes_doubles", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('reading', 'prepared', 'running', 'done', 'stopped', 'undoing', 'undone')",
            name=op.f("ck_import_batch_state"),
        ),
        sa.CheckConstraint("total >= 0", name=op.f("ck_import_batch_total")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_import_batch_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_import_batch_task_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_import_batch_by_id", "import_batch", ["by_id"])
    op.create_index("ix_import_batch_task_id", "import_batch", ["task_id"])

    op.create_table(
        "import_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("cells", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("became", sa.String(length=12), nullable=False),
        sa.Column("problems", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "became IN ('unread', 'ready', 'double', 'known', 'problem', 'made', 'skipped', 'failed', 'undone', 'kept')",
            name=op.f("ck_import_row_became"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_import_row_batch_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_import_row_organisation_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
        sa.UniqueConstraint("batch_id", "line", name=op.f("uq_import_row_batch_id_line")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_import_row_organisation_id", "import_row", ["organisation_id"])
    op.create_index("ix_import_row_became", "import_row", ["batch_id", "became", "id"])

    op.add_column("organisation", sa.Column("imported_from", sa.String(length=120), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("organisation", "imported_from")

    op.drop_index("ix_import_row_became", "import_row")
    op.drop_index("ix_import_row_organisation_id", "import_row")

    op.drop_table("import_row")
    op.drop_index("ix_import_batch_task_id", "import_batch")
    op.drop_index("ix_import_batch_by_id", "import_batch")

    op.drop_table("import_batch")

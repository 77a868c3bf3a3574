"""Documents of projects, and what kinds of documents come of work.

Revision: d0c00f0a
"""

import sqlalchemy as sa
from alembic import op

revision = "d0c00f0a"
down_revision = "9009c1ce"

KINDS = (
    "'statute', 'annual-report', 'financial-report', 'child-protection', 'privacy', 'accessibility', 'easy-read',"
    " 'logo-pack', 'consent-form'"
)


def upgrade() -> None:
    with op.batch_alter_table("document") as table:
        table.drop_constraint(op.f("ck_document_kind"), type_="check")
        table.create_check_constraint(
            op.f("ck_document_kind"), f"kind IN ({KINDS}, 'expert-opinion', 'publication', 'report', 'other')"
        )
    op.create_table(
        "project_document",
        sa.Column("document_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_project_document_document_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_document_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_project_document")),
    )
    op.create_index("ix_project_document_project_id", "project_document", ["project_id"])


def downgrade() -> None:
    """What belonged to projects belongs to nothing then: it is deleted a day later, with its files."""
    op.drop_table("project_document")
    op.execute("UPDATE document SET kind = 'other' WHERE kind IN ('expert-opinion', 'publication', 'report')")
    with op.batch_alter_table("document") as table:
        table.drop_constraint(op.f("ck_document_kind"), type_="check")
        table.create_check_constraint(op.f("ck_document_kind"), f"kind IN ({KINDS}, 'other')")

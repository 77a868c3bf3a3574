"""Files of evidence of records of projects.

Revision: e51de0ce
"""

import sqlalchemy as sa
from alembic import op

revision = "e51de0ce"
down_revision = "d0c00f0a"


def upgrade() -> None:
    op.create_table(
        "project_record_evidence",
        sa.Column("record_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_project_record_evidence_file_id")),
        sa.ForeignKeyConstraint(
            ["record_id"], ["project_record.id"], name=op.f("fk_project_record_evidence_record_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_project_record_evidence")),
        sa.UniqueConstraint("file_id", name=op.f("uq_project_record_evidence_file_id")),
    )


def downgrade() -> None:
    """The rows of the files stay, for whoever looks for files that nothing holds."""
    op.drop_table("project_record_evidence")

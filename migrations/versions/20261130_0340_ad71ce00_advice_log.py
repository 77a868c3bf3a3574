"""What advice was about, and who of the portal gave it.

Revision: ad71ce00
"""

import sqlalchemy as sa
from alembic import op

revision = "ad71ce00"
down_revision = "70a1f160"


def upgrade() -> None:
    with op.batch_alter_table("project_record") as table:
        table.add_column(sa.Column("topic", sa.String(length=32), server_default="", nullable=False))
        table.add_column(sa.Column("advised_by", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_project_record_advised_by"), "person", ["advised_by"], ["id"], ondelete="SET NULL"
        )
    op.create_index(op.f("ix_project_record_advised_by"), "project_record", ["advised_by"])


def downgrade() -> None:
    op.drop_index(op.f("ix_project_record_advised_by"), table_name="project_record")
    with op.batch_alter_table("project_record") as table:
        table.drop_constraint(op.f("fk_project_record_advised_by"), type_="foreignkey")
        table.drop_column("advised_by")
        table.drop_column("topic")

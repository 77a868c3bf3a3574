"""What projects aim at by an indicator.

Revision: a1400000
"""

import sqlalchemy as sa
from alembic import op

revision = "a1400000"
down_revision = "ad71ce00"


def upgrade() -> None:
    op.create_table(
        "impact_aim",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("baseline", sa.BigInteger(), nullable=True),
        sa.Column("target", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("baseline >= 0", name=op.f("ck_impact_aim_baseline")),
        sa.CheckConstraint("target > 0", name=op.f("ck_impact_aim_target")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_impact_aim_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("project_id", "code", name=op.f("pk_impact_aim")),
    )


def downgrade() -> None:
    op.drop_table("impact_aim")

"""What lists need with much data: the members of networks counted when they change, lists in their order.

Revision: 3f0b71c9
"""

import sqlalchemy as sa
from alembic import op

revision = "3f0b71c9"
down_revision = "8d41f6a3"

COUNTED = """
INSERT INTO network_size (network_id, members)
SELECT network.id, (
    SELECT count(*) FROM membership JOIN organisation ON organisation.id = membership.organisation_id
    WHERE membership.network_id = network.id AND membership.status = 'active' AND organisation.status = 'published'
)
FROM network
"""


def upgrade() -> None:
    op.create_table(
        "network_size",
        sa.Column("network_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.CheckConstraint("members >= 0", name=op.f("ck_network_size_members")),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_network_size_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("network_id", name=op.f("pk_network_size")),
    )
    op.execute(COUNTED)
    op.create_index("ix_organisation_status", "organisation", ["status", "id"])
    op.create_index("ix_post_publish", "post", ["publish_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_post_publish", "post")
    op.drop_index("ix_organisation_status", "organisation")
    op.drop_table("network_size")

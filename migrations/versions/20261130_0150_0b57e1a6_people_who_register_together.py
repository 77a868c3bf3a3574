"""People of one mailbox who register together.

Revision: 0b57e1a6
"""

import sqlalchemy as sa
from alembic import op

revision = "0b57e1a6"
down_revision = "4b1d90f6"


def upgrade() -> None:
    op.create_table(
        "registration_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("whole", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("waits", sa.Text(), server_default="", nullable=False),
        sa.Column("accepts_waiting", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_registration_party_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_party")),
        sa.UniqueConstraint("key", name=op.f("uq_registration_party_key")),
    )
    op.create_index(op.f("ix_registration_party_event_id"), "registration_party", ["event_id"], unique=False)
    # In words, because Alembic leaves the name of the key away where SQLite is not to build the table anew.
    key = "CONSTRAINT fk_registration_party_id REFERENCES registration_party (id)"
    op.execute(f"ALTER TABLE registration ADD COLUMN party_id INTEGER {key}")
    op.create_index(op.f("ix_registration_party_id"), "registration", ["party_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("registration") as table:
        table.drop_index(op.f("ix_registration_party_id"))
        table.drop_column("party_id")
    op.drop_table("registration_party")

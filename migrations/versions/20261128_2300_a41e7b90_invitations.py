"""Invitations to events: which address was asked to register, by whom and when.

Revision: a41e7b90
"""

import sqlalchemy as sa
from alembic import op

revision = "a41e7b90"
down_revision = "b8e35d12"


def upgrade() -> None:
    op.create_table(
        "event_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("typed_email", sa.String(length=320), nullable=True),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_invitation_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["person.id"], name=op.f("fk_event_invitation_invited_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_invitation")),
        sa.UniqueConstraint("event_id", "email", name=op.f("uq_event_invitation_event_id_email")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_event_invitation_email"), "event_invitation", ["email"])
    op.create_index("ix_event_invitation_by", "event_invitation", ["invited_by", "invited_at"])


def downgrade() -> None:
    op.drop_table("event_invitation")

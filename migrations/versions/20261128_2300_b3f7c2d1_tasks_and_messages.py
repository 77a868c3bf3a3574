"""Long work with progress, and messages to many.

Revision: b3f7c2d1
"""

import sqlalchemy as sa
from alembic import op

revision = "b3f7c2d1"
down_revision = "a41e7b90"

OPEN = sa.text("state IN ('queued', 'running')")


def upgrade() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("error", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease", sa.String(length=32), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name=op.f("ck_task_state")),
        sa.CheckConstraint("0 <= failed AND failed <= done AND done <= total", name=op.f("ck_task_progress")),
        sa.CheckConstraint("(state IN ('queued', 'running')) = (ended_at IS NULL)", name=op.f("ck_task_ended")),
        sa.CheckConstraint("state <> 'failed' OR error <> ''", name=op.f("ck_task_reason")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_task_owner_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_task_owner_id", "task", ["owner_id"])
    op.create_index("ix_task_ended_at", "task", ["ended_at"])
    op.create_index("ix_task_open", "task", ["lease_until", "id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sender", sa.String(length=20), nullable=False),
        sa.Column("sender_number", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('draft', 'sending', 'sent', 'stopped')", name=op.f("ck_message_status")),
        sa.CheckConstraint("(status = 'draft') = (sent_at IS NULL)", name=op.f("ck_message_sent")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_message_author_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["sent_by"], ["person.id"], name=op.f("fk_message_sent_by"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_message_task_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_message_author_id", "message", ["author_id"])
    op.create_index("ix_message_sent_by", "message", ["sent_by"])
    op.create_index("ix_message_task_id", "message", ["task_id"])
    op.create_index("ix_message_sender", "message", ["sender", "sender_number", "id"])
    op.create_table(
        "message_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("became", sa.String(length=12), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("locale", sa.String(length=2), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "became IN ('written', 'unwanted', 'unreached', 'no-address', 'failed')",
            name=op.f("ck_message_delivery_became"),
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_message_delivery_message_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_message_delivery_person_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_delivery")),
        sa.UniqueConstraint("message_id", "person_id", name=op.f("uq_message_delivery_message_id_person_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_message_delivery_person_id", "message_delivery", ["person_id"])


def downgrade() -> None:
    op.drop_table("message_delivery")
    op.drop_table("message")
    op.drop_table("task")

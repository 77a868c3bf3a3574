"""Searches that are kept, for whom, and which organisations of the directory are other than before.

Revision: 5a7e4c1d
"""

import sqlalchemy as sa
from alembic import op

revision = "5a7e4c1d"
down_revision = "d0c5a7e1"


def upgrade() -> None:
    op.create_table(
        "search_reader",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("typed_email", sa.String(length=320), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_reader")),
        sa.UniqueConstraint("email", name=op.f("uq_search_reader_email")),
        sqlite_autoincrement=True,
    )

    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("filters", sa.String(length=4000), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=2), nullable=False),
        sa.Column("frequency", sa.String(length=12), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("frequency IN ('immediate', 'weekly', 'never')", name=op.f("ck_saved_search_frequency")),
        sa.CheckConstraint("letters >= 0", name=op.f("ck_saved_search_letters")),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["search_reader.id"], name=op.f("fk_saved_search_reader_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("reader_id", "digest", name="uq_saved_search_reader_id_digest"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_saved_search_frequency", "saved_search", ["frequency", "id"])

    op.create_table(
        "directory_news",
        sa.Column("organisation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_directory_news")),
    )
    op.create_index("ix_directory_news_changed_at", "directory_news", ["changed_at"])


def downgrade() -> None:
    op.drop_index("ix_directory_news_changed_at", "directory_news")
    op.drop_table("directory_news")

    op.drop_index("ix_saved_search_frequency", "saved_search")
    op.drop_table("saved_search")

    op.drop_table("search_reader")

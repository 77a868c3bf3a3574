"""Documents, and those of organisations.

Revision: d0c5a7e1
"""

import sqlalchemy as sa
from alembic import op

revision = "d0c5a7e1"
down_revision = "8030006b"


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("visibility", sa.String(length=12), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('statute', 'annual-report', 'financial-report', 'child-protection', 'privacy', 'accessibility', "
            "'easy-read', 'logo-pack', 'consent-form', 'other')",
            name=op.f("ck_document_kind"),
        ),
        sa.CheckConstraint(
            "visibility IN ('public', 'registered', 'network', 'coordinators', 'private')",
            name=op.f("ck_document_visibility"),
        ),
        sa.CheckConstraint("language <> ''", name=op.f("ck_document_language")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_document_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("file_id", name=op.f("uq_document_file_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "organisation_document",
        sa.Column("document_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_organisation_document_document_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_document_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_organisation_document")),
    )  # fmt: skip
    op.create_index("ix_organisation_document_organisation_id", "organisation_document", ["organisation_id"])


def downgrade() -> None:
    """The files stay in the store until the rows of files that nothing holds are looked for."""
    op.drop_table("organisation_document")
    op.drop_table("document")

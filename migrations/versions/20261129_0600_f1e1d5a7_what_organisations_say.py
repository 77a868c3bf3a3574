"""What organisations say of themselves: terms, links, other names, bank account; numbers that are nobody's any more.

Revision: f1e1d5a7
"""

import sqlalchemy as sa
from alembic import op

revision = "f1e1d5a7"
down_revision = "ecc48b1a"

STILL = sa.text("NOT retired")
SCHEMES = "'icnpo', 'art4', 'art38', 'sdg', 'target_group', 'size', 'settlement_type', 'language', 'venue_access'"
KINDS = "'facebook', 'instagram', 'youtube', 'linkedin', 'mastodon', 'donation', 'fundraiser', 'bip', 'accessibility'"


def upgrade() -> None:
    with op.batch_alter_table("organisation") as table:
        table.add_column(sa.Column("iban", sa.String(length=60), server_default="", nullable=False))
        table.add_column(sa.Column("public_benefit", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column("tax_purpose", sa.String(length=100), server_default="", nullable=False))
    with op.batch_alter_table("organisation_identifier") as table:
        table.add_column(sa.Column("retired", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.drop_constraint("uq_organisation_identifier_scheme_value", type_="unique")
        table.drop_constraint("uq_organisation_identifier_organisation_id_scheme", type_="unique")
    op.create_index(
        "uq_organisation_identifier_scheme_value", "organisation_identifier", ["scheme", "value"],
        unique=True, sqlite_where=STILL, postgresql_where=STILL,
    )  # fmt: skip
    op.create_index(
        "uq_organisation_identifier_organisation_id_scheme", "organisation_identifier", ["organisation_id", "scheme"],
        unique=True, sqlite_where=STILL, postgresql_where=STILL,
    )  # fmt: skip
    op.create_table(
        "organisation_term",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.CheckConstraint(f"scheme IN ({SCHEMES})", name=op.f("ck_organisation_term_scheme")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_term_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "scheme", "code", name=op.f("pk_organisation_term")),
    )
    op.create_index("ix_organisation_term_code", "organisation_term", ["scheme", "code", "organisation_id"])
    op.create_table(
        "organisation_link",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_organisation_link_kind")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_link_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "kind", name=op.f("pk_organisation_link")),
    )
    op.create_table(
        "organisation_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("until_year", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('short', 'former', 'alias')", name=op.f("ck_organisation_name_kind")),
        sa.CheckConstraint("language IN ('', 'pl', 'bg', 'en')", name=op.f("ck_organisation_name_language")),
        sa.CheckConstraint("until_year IS NULL OR kind = 'former'", name=op.f("ck_organisation_name_until")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_name_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_organisation_name_organisation_id"), "organisation_name", ["organisation_id"])


def downgrade() -> None:
    op.drop_table("organisation_name")
    op.drop_table("organisation_link")
    op.drop_table("organisation_term")
    op.execute("DELETE FROM organisation_identifier WHERE retired")  # the release before has no room for them
    op.drop_index("uq_organisation_identifier_organisation_id_scheme", "organisation_identifier")
    op.drop_index("uq_organisation_identifier_scheme_value", "organisation_identifier")
    with op.batch_alter_table("organisation_identifier") as table:
        table.drop_column("retired")
        table.create_unique_constraint("uq_organisation_identifier_scheme_value", ["scheme", "value"])
        table.create_unique_constraint(
            "uq_organisation_identifier_organisation_id_scheme", ["organisation_id", "scheme"]
        )
    with op.batch_alter_table("organisation") as table:
        for column in ("tax_purpose", "public_benefit", "iban"):
            table.drop_column(column)

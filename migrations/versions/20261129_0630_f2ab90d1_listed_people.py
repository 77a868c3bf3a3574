"""People who stand on the profile of an organisation, each by their own consent and for two years.

Revision: f2ab90d1
"""

import sqlalchemy as sa
from alembic import op

revision = "f2ab90d1"
down_revision = "c07a4c75"


def upgrade() -> None:
    op.create_table(
        "organisation_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("work", sa.Text(), nullable=True),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("typed_email", sa.String(length=320), nullable=True),
        sa.Column("locale", sa.String(length=2), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consent_version", sa.Integer(), nullable=True),
        sa.Column("consent_lang", sa.String(length=2), nullable=True),
        sa.Column("consent_hash", sa.String(length=64), nullable=True),
        sa.CheckConstraint("kind IN ('board', 'contact')", name=op.f("ck_organisation_person_kind")),
        sa.CheckConstraint("confirmed_until > confirmed_at", name=op.f("ck_organisation_person_order")),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_until IS NULL) AND (confirmed_at IS NULL) = (consent_hash IS NULL)",
            name=op.f("ck_organisation_person_consent"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_person_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_organisation_person_person_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_person")),
        sa.UniqueConstraint("organisation_id", "email", name=op.f("uq_organisation_person_organisation_id_email")),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_index(op.f("ix_organisation_person_confirmed_until"), "organisation_person", ["confirmed_until"])
    op.create_index(op.f("ix_organisation_person_email"), "organisation_person", ["email"])
    op.create_index(op.f("ix_organisation_person_person_id"), "organisation_person", ["person_id"])


def downgrade() -> None:
    op.drop_table("organisation_person")

"""Cards of projects, and their partners.

Revision: 61ca4d00
"""

import sqlalchemy as sa
from alembic import op

revision = "61ca4d00"
down_revision = "de1e9a70"


def _json(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        _json("title"),
        _json("summary"),
        sa.Column("areas", sa.String(length=300), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("cost_currency", sa.String(length=3), nullable=False),
        sa.Column("subsidy", sa.BigInteger(), nullable=True),
        sa.Column("subsidy_currency", sa.String(length=3), nullable=False),
        sa.Column("reach", sa.String(length=16), nullable=False),
        sa.Column("activities", sa.String(length=400), nullable=False),
        sa.Column("target_groups", sa.String(length=800), nullable=False),
        sa.Column("other_partners", sa.Text(), nullable=False),
        _json("problem"),
        _json("actions"),
        _json("products"),
        _json("results"),
        _json("evaluation"),
        _json("funder"),
        _json("funder_words"),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'published', 'withdrawn')", name=op.f("ck_project_state")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_project_order")),
        sa.CheckConstraint("cost >= 0 AND subsidy >= 0", name=op.f("ck_project_amounts")),
        sa.CheckConstraint("(cost IS NULL) = (cost_currency = '')", name=op.f("ck_project_cost_currency")),
        sa.CheckConstraint("(subsidy IS NULL) = (subsidy_currency = '')", name=op.f("ck_project_subsidy_currency")),
        sa.CheckConstraint("state <> 'published' OR published_at IS NOT NULL", name=op.f("ck_project_dated")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_project_organisation_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_project_network_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("slug", name=op.f("uq_project_slug")),
    )
    op.create_index(op.f("ix_project_organisation_id"), "project", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_project_network_id"), "project", ["network_id"], unique=False)
    op.create_index(op.f("ix_project_ends_on"), "project", ["ends_on"], unique=False)
    op.create_index("ix_project_state_ends", "project", ["state", "ends_on", "id"], unique=False)
    op.create_table(
        "project_partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('asked', 'accepted', 'refused')", name=op.f("ck_project_partner_status")),
        sa.CheckConstraint("(answered_at IS NULL) = (status = 'asked')", name=op.f("ck_project_partner_answered")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_partner_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_project_partner_organisation_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_partner")),
        sa.UniqueConstraint("project_id", "organisation_id", name=op.f("uq_project_partner_project_id_organisation_id")),
    )  # fmt: skip
    op.create_index(op.f("ix_project_partner_project_id"), "project_partner", ["project_id"], unique=False)
    op.create_index(op.f("ix_project_partner_organisation_id"), "project_partner", ["organisation_id"], unique=False)


def downgrade() -> None:
    op.drop_table("project_partner")
    op.drop_table("project")

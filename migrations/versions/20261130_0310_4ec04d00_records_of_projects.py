"""Records of what projects did, and who took part.

Revision: 4ec04d00
"""

import sqlalchemy as sa
from alembic import op

revision = "4ec04d00"
down_revision = "61ca4d00"

HOURS = "hour IN ('hour', 'teaching-hour')"
COUNTING = "status IN ('planned', 'delivered', 'confirmed')"
ACTIVITIES = (
    "activity IN ('training', 'advice', 'animation', 'community-session', 'consultation', 'mini-project',"
    " 'expert-opinion', 'publication', 'event')"
)
STATES = "status IN ('planned', 'delivered', 'confirmed', 'rejected', 'cancelled')"


def upgrade() -> None:
    with op.batch_alter_table("project") as table:
        table.add_column(sa.Column("hour", sa.String(length=16), nullable=False, server_default="hour"))
        table.create_check_constraint(op.f("ck_project_hour"), HOURS)
    op.create_table(
        "project_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("begins", sa.String(length=5), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("leader", sa.String(length=120), nullable=False),
        sa.Column("leader_key", sa.String(length=120), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("evidence", sa.String(length=300), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(ACTIVITIES, name=op.f("ck_project_record_activity")),
        sa.CheckConstraint(STATES, name=op.f("ck_project_record_status")),
        sa.CheckConstraint("minutes BETWEEN 0 AND 1440", name=op.f("ck_project_record_minutes")),
        sa.CheckConstraint("people >= 0", name=op.f("ck_project_record_people")),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (status <> 'confirmed')", name=op.f("ck_project_record_confirmed")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_record_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_project_record_event_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_project_record_written_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["person.id"], name=op.f("fk_project_record_confirmed_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_record")),
    )  # fmt: skip
    op.create_index("ix_project_record_project_id_day", "project_record", ["project_id", "day", "id"], unique=False)
    op.create_index(op.f("ix_project_record_written_by"), "project_record", ["written_by"], unique=False)
    op.create_index(op.f("ix_project_record_confirmed_by"), "project_record", ["confirmed_by"], unique=False)
    op.create_index(
        "uq_project_record_event_id", "project_record", ["event_id"], unique=True,
        sqlite_where=sa.text(COUNTING), postgresql_where=sa.text(COUNTING),
    )  # fmt: skip
    op.create_table(
        "project_record_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('organisation', 'group', 'local-government')", name=op.f("ck_project_record_party_kind")
        ),
        sa.CheckConstraint("(organisation_id IS NULL) = (name <> '')", name=op.f("ck_project_record_party_named")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_project_record_party_minutes")),
        sa.ForeignKeyConstraint(
            ["record_id"], ["project_record.id"], name=op.f("fk_project_record_party_record_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_project_record_party_organisation_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_record_party")),
    )  # fmt: skip
    op.create_index(
        op.f("ix_project_record_party_organisation_id"), "project_record_party", ["organisation_id"], unique=False
    )
    op.create_index(
        "uq_project_record_party_organisation_id", "project_record_party", ["record_id", "organisation_id"], unique=True
    )
    op.create_index(
        "uq_project_record_party_key", "project_record_party", ["record_id", "key"], unique=True,
        sqlite_where=sa.text("organisation_id IS NULL"), postgresql_where=sa.text("organisation_id IS NULL"),
    )  # fmt: skip
    op.create_table(
        "impact_figure",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_impact_figure_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("project_id", "code", name=op.f("pk_impact_figure")),
    )
    op.create_table(
        "impact_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by", sa.Integer(), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_impact_report_order")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_impact_report_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["frozen_by"], ["person.id"], name=op.f("fk_impact_report_frozen_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_report")),
        sa.UniqueConstraint(
            "project_id", "starts_on", "ends_on", name=op.f("uq_impact_report_project_id_starts_on_ends_on")
        ),
    )
    op.create_index(op.f("ix_impact_report_frozen_by"), "impact_report", ["frozen_by"], unique=False)
    op.create_table(
        "impact_erratum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("was", sa.BigInteger(), nullable=False),
        sa.Column("now", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["impact_report.id"], name=op.f("fk_impact_erratum_report_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint("was <> now", name=op.f("ck_impact_erratum_other")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_erratum")),
        sa.UniqueConstraint("report_id", "code", name=op.f("uq_impact_erratum_report_id_code")),
    )


def downgrade() -> None:
    op.drop_table("impact_erratum")
    op.drop_table("impact_report")
    op.drop_table("impact_figure")
    op.drop_table("project_record_party")
    op.drop_table("project_record")
    with op.batch_alter_table("project") as table:
        table.drop_constraint(op.f("ck_project_hour"), type_="check")
        table.drop_column("hour")

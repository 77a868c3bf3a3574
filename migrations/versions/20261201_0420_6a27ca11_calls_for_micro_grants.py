"""Programmes of micro-grants, their calls, and extensions of these.

Revision: 6a27ca11
"""

import sqlalchemy as sa
from alembic import op

revision = "6a27ca11"
down_revision = "6a17c0de"

LIMITS = ("check_days", "correction_days", "assessment_days", "appeal_days")
WAITS = "confirmed_at IS NULL AND dropped_at IS NULL"
COMPLETE = (
    "opens_at IS NOT NULL AND closes_at IS NOT NULL AND pool IS NOT NULL AND smallest IS NOT NULL AND largest IS NOT NULL"
    " AND applicants <> ''"
)


def upgrade() -> None:
    _programmes()
    _calls()
    _areas()
    _events()


def downgrade() -> None:
    op.drop_table("grant_call_event")
    op.drop_table("grant_call_area")
    op.drop_table("grant_call")
    op.drop_table("grant_programme")


def _programmes() -> None:
    op.create_table(
        "grant_programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("currency IN ('PLN', 'EUR')", name=op.f("ck_grant_programme_currency")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_grant_programme_order")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_grant_programme_organisation_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_programme")),
        sa.UniqueConstraint("id", "currency", name=op.f("uq_grant_programme_id_currency")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_grant_programme_organisation_id"), "grant_programme", ["organisation_id"])


def _calls() -> None:
    op.create_table(
        "grant_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("queue_tolerance_s", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in ("pool", "smallest", "largest")),
        sa.Column("applicants", sa.String(length=60), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in LIMITS),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('draft', 'published', 'cancelled')", name=op.f("ck_grant_call_status")),
        sa.CheckConstraint(f"status = 'draft' OR ({COMPLETE})", name=op.f("ck_grant_call_complete")),
        sa.CheckConstraint("(status = 'draft') = (published_at IS NULL)", name=op.f("ck_grant_call_dated")),
        sa.CheckConstraint("(status = 'cancelled') = (cancelled_at IS NOT NULL)", name=op.f("ck_grant_call_cancelled")),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_grant_call_order")),
        sa.CheckConstraint("queue_tolerance_s BETWEEN 0 AND 300", name=op.f("ck_grant_call_tolerance")),
        sa.CheckConstraint(
            "smallest > 0 AND largest >= smallest AND pool >= largest", name=op.f("ck_grant_call_amounts")
        ),
        *(sa.CheckConstraint(f"{name} BETWEEN 1 AND 120", name=op.f(f"ck_grant_call_{name}")) for name in LIMITS),
        sa.ForeignKeyConstraint(
            ["programme_id", "currency"],
            ["grant_programme.id", "grant_programme.currency"],
            name=op.f("fk_grant_call_programme_id_currency"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_call")),
        sa.UniqueConstraint("slug", name=op.f("uq_grant_call_slug")),
        sa.UniqueConstraint("programme_id", "number", name=op.f("uq_grant_call_programme_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_grant_call_status_closes", "grant_call", ["status", "closes_at", "id"])


def _areas() -> None:
    op.create_table(
        "grant_call_area",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["grant_call.id"], name=op.f("fk_grant_call_area_call_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_grant_call_area_area_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("call_id", "area_id", name=op.f("pk_grant_call_area")),
    )
    op.create_index(op.f("ix_grant_call_area_area_id"), "grant_call_area", ["area_id"])


def _events() -> None:
    people = ("asked_by", "confirmed_by", "dropped_by")
    op.create_table(
        "grant_call_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("before_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("after_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('extension')", name=op.f("ck_grant_call_event_kind")),
        sa.CheckConstraint("after_at > before_at", name=op.f("ck_grant_call_event_forward")),
        sa.CheckConstraint("asked_by <> confirmed_by", name=op.f("ck_grant_call_event_two_people")),
        sa.CheckConstraint("confirmed_at IS NULL OR dropped_at IS NULL", name=op.f("ck_grant_call_event_one_answer")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["grant_call.id"], name=op.f("fk_grant_call_event_call_id"), ondelete="CASCADE"
        ),
        *(
            sa.ForeignKeyConstraint(
                [name], ["person.id"], name=op.f(f"fk_grant_call_event_{name}"), ondelete="SET NULL"
            )
            for name in people
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_call_event")),
        sqlite_autoincrement=True,
    )
    for name in ("call_id", *people):
        op.create_index(op.f(f"ix_grant_call_event_{name}"), "grant_call_event", [name])
    op.create_index(
        "uq_grant_call_event_waiting",
        "grant_call_event",
        ["call_id"],
        unique=True,
        sqlite_where=sa.text(WAITS),
        postgresql_where=sa.text(WAITS),
    )

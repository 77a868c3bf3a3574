"""Trust in profiles: who stands behind a group, whose a profile is, what was checked.

Revision: 5f12c63b
"""

import sqlalchemy as sa
from alembic import op

revision = "5f12c63b"
down_revision = "f2ab90d1"


def upgrade() -> None:
    op.create_table(
        "group_life",
        sa.Column("organisation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("told_of", sa.Date(), nullable=True),
        sa.Column("informal_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_group_life_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_group_life")),
    )
    op.create_table(
        "group_registering",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("legal_form", sa.String(length=40), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_group_registering_asked_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_group_registering_decided_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_group_registering_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_registering")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_group_registering_asked_by"), "group_registering", ["asked_by"], unique=False)
    op.create_index(op.f("ix_group_registering_decided_by"), "group_registering", ["decided_by"], unique=False)
    op.create_index(
        op.f("ix_group_registering_organisation_id"), "group_registering", ["organisation_id"], unique=False
    )
    op.create_index(
        "uq_group_registering_open",
        "group_registering",
        ["organisation_id"],
        unique=True,
        sqlite_where=sa.text("decided_at IS NULL"),
        postgresql_where=sa.text("decided_at IS NULL"),
    )

    op.create_table(
        "group_shortage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("lack", sa.String(length=16), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("lack IN ('support', 'second-owner')", name=op.f("ck_group_shortage_lack")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_group_shortage_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_shortage")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_group_shortage_organisation_id"), "group_shortage", ["organisation_id"], unique=False)
    op.create_index(
        "uq_group_shortage_open",
        "group_shortage",
        ["organisation_id", "lack"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )

    op.create_table(
        "patronage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("patron_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_by", sa.Integer(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("organisation_id <> patron_id", name=op.f("ck_patronage_itself")),
        sa.ForeignKeyConstraint(
            ["accepted_by"], ["person.id"], name=op.f("fk_patronage_accepted_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_patronage_asked_by"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_patronage_ended_by"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_patronage_organisation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["patron_id"], ["organisation.id"], name=op.f("fk_patronage_patron_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patronage")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_patronage_accepted_by"), "patronage", ["accepted_by"], unique=False)
    op.create_index(op.f("ix_patronage_asked_by"), "patronage", ["asked_by"], unique=False)
    op.create_index(op.f("ix_patronage_ended_by"), "patronage", ["ended_by"], unique=False)
    op.create_index(op.f("ix_patronage_organisation_id"), "patronage", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_patronage_patron_id"), "patronage", ["patron_id"], unique=False)
    op.create_index(
        "uq_patronage_open",
        "patronage",
        ["organisation_id", "patron_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )

    op.create_table(
        "profile_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("claimant_id", sa.Integer(), nullable=True),
        sa.Column("method", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proven_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objection_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objected_by", sa.Integer(), nullable=True),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("due_told", sa.Boolean(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("typed_email", sa.String(length=320), nullable=True),
        sa.CheckConstraint("method IN ('mail', 'explanation', 'coordinator')", name=op.f("ck_profile_claim_method")),
        sa.CheckConstraint(
            "status IN ('evidence', 'objection', 'granted', 'refused', 'withdrawn')",
            name=op.f("ck_profile_claim_status"),
        ),
        sa.ForeignKeyConstraint(
            ["claimant_id"], ["person.id"], name=op.f("fk_profile_claim_claimant_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_profile_claim_decided_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["objected_by"], ["person.id"], name=op.f("fk_profile_claim_objected_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_profile_claim_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_claim")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_profile_claim_claimant_id"), "profile_claim", ["claimant_id"], unique=False)
    op.create_index(op.f("ix_profile_claim_decided_by"), "profile_claim", ["decided_by"], unique=False)
    op.create_index(op.f("ix_profile_claim_email"), "profile_claim", ["email"], unique=False)
    op.create_index(op.f("ix_profile_claim_objected_by"), "profile_claim", ["objected_by"], unique=False)
    op.create_index(op.f("ix_profile_claim_organisation_id"), "profile_claim", ["organisation_id"], unique=False)
    op.create_index(
        "uq_profile_claim_open",
        "profile_claim",
        ["organisation_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('evidence', 'objection')"),
        postgresql_where=sa.text("status IN ('evidence', 'objection')"),
    )

    op.create_table(
        "verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=True),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('register-number', 'document', 'coordinator')", name=op.f("ck_verification_kind")),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["person.id"], name=op.f("fk_verification_checked_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_verification_network_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_verification_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_verification_checked_by"), "verification", ["checked_by"], unique=False)
    op.create_index(op.f("ix_verification_network_id"), "verification", ["network_id"], unique=False)
    op.create_index(op.f("ix_verification_organisation_id"), "verification", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_verification_valid_until"), "verification", ["valid_until"], unique=False)
    op.create_index(
        "uq_verification_latest",
        "verification",
        ["organisation_id", "kind"],
        unique=True,
        sqlite_where=sa.text("replaced_at IS NULL"),
        postgresql_where=sa.text("replaced_at IS NULL"),
    )

    op.create_table(
        "vouch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("via_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("organisation_id <> via_id", name=op.f("ck_vouch_itself")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_vouch_organisation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_vouch_person_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["via_id"], ["organisation.id"], name=op.f("fk_vouch_via_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vouch")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_vouch_organisation_id"), "vouch", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_vouch_person_id"), "vouch", ["person_id"], unique=False)
    op.create_index(op.f("ix_vouch_via_id"), "vouch", ["via_id"], unique=False)
    op.create_index(
        "uq_vouch_person",
        "vouch",
        ["organisation_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "uq_vouch_via",
        "vouch",
        ["organisation_id", "via_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )

    op.create_table(
        "vouch_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("typed_email", sa.String(length=320), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_vouch_request_asked_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_vouch_request_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vouch_request")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_vouch_request_asked_by"), "vouch_request", ["asked_by"], unique=False)
    op.create_index(op.f("ix_vouch_request_email"), "vouch_request", ["email"], unique=False)
    op.create_index(op.f("ix_vouch_request_organisation_id"), "vouch_request", ["organisation_id"], unique=False)

    op.add_column("organisation", sa.Column("released_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("organisation", "released_at")

    op.drop_table("vouch_request")

    op.drop_table("vouch")

    op.drop_table("verification")

    op.drop_table("profile_claim")

    op.drop_table("patronage")

    op.drop_table("group_shortage")

    op.drop_table("group_registering")
    op.drop_table("group_life")

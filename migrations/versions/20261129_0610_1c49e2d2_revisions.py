"""Revisions, and profiles that were merged.

Revision: 1c49e2d2
"""

import sqlalchemy as sa
from alembic import op

revision = "1c49e2d2"
down_revision = "4bad2dfb"

STATES = "'draft', 'pending', 'published', 'hidden', 'suspended', 'closed'"
WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("restored", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "n > 0 AND (restored IS NULL OR (restored > 0 AND restored < n))", name=op.f("ck_revision_n")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_revision_person_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("kind", "object_id", "n", name=op.f("uq_revision_kind_object_id_n")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_revision_at", "revision", ["at", "id"])
    op.create_index("ix_revision_person_id", "revision", ["person_id"])
    with op.batch_alter_table("organisation") as table:
        table.drop_constraint(op.f("ck_organisation_status"), type_="check")
        table.create_check_constraint(op.f("ck_organisation_status"), f"status IN ({STATES}, 'merged')")
    # In words, because Alembic leaves the name of the key away where SQLite is not to build the table anew.
    key = "CONSTRAINT fk_organisation_merged_into_id REFERENCES organisation (id)"
    op.execute(f"ALTER TABLE organisation ADD COLUMN merged_into_id INTEGER {key}")
    op.create_index("ix_organisation_merged_into_id", "organisation", ["merged_into_id"])
    op.create_table(
        "merge_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("lost_id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=False),
        sa.Column("taken", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("requested_by", sa.Integer(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'merged', 'declined', 'withdrawn')", name=op.f("ck_merge_request_state")
        ),
        sa.CheckConstraint("kept_id <> lost_id AND asked_id IN (kept_id, lost_id)", name=op.f("ck_merge_request_two")),
        sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name=op.f("ck_merge_request_decided")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_merge_request_{column}"), ondelete=ondelete
            )
            for column, table, ondelete in (
                ("kept_id", "organisation", "CASCADE"), ("lost_id", "organisation", "CASCADE"),
                ("asked_id", "organisation", "CASCADE"), ("requested_by", "person", "SET NULL"),
                ("decided_by", "person", "SET NULL"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge_request")),
        sqlite_autoincrement=True,
    )  # fmt: skip
    for column in ("kept_id", "lost_id", "asked_id", "requested_by", "decided_by"):
        op.create_index(f"ix_merge_request_{column}", "merge_request", [column])
    op.create_index(
        "uq_merge_request_open",
        "merge_request",
        ["lost_id"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    op.drop_table("merge_request")
    op.execute("UPDATE organisation SET status = 'hidden' WHERE status = 'merged'")  # nobody sees them, as before
    with op.batch_alter_table("organisation") as table:
        table.drop_index("ix_organisation_merged_into_id")
        table.drop_constraint(op.f("ck_organisation_status"), type_="check")
        table.create_check_constraint(op.f("ck_organisation_status"), f"status IN ({STATES})")
        table.drop_column("merged_into_id")
    op.drop_table("revision")

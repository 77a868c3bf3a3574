"""Events of organisations too, what kind they are, how people take part, and who is on their teams.

An event without a town was shown as one that takes place online, and stays so.

Revision: e7e27ea3
"""

import sqlalchemy as sa
from alembic import op

revision = "e7e27ea3"
down_revision = "b7c1a0d4"


def upgrade() -> None:
    op.create_table(
        "event_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "role IN ('organiser', 'programme', 'desk', 'door', 'access')", name=op.f("ck_event_role_role")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_role_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_event_role_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["person.id"], name=op.f("fk_event_role_granted_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_event_role_ended_by"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_role")),
        sqlite_autoincrement=True,
    )
    for column in ("event_id", "person_id", "granted_by", "ended_by"):
        op.create_index(op.f(f"ix_event_role_{column}"), "event_role", [column])
    still = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_event_role_open", "event_role", ["event_id", "person_id", "role"], unique=True,
        sqlite_where=still, postgresql_where=still,
    )  # fmt: skip
    with op.batch_alter_table("event") as batch:
        batch.add_column(sa.Column("organisation_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("kind", sa.String(length=24), server_default="other", nullable=False))
        batch.add_column(sa.Column("mode", sa.String(length=12), server_default="on-site", nullable=False))
        batch.add_column(sa.Column("region", sa.String(length=6), server_default="", nullable=False))
        batch.add_column(sa.Column("themes", sa.String(length=60), server_default="", nullable=False))
        batch.add_column(sa.Column("languages", sa.String(length=60), server_default="", nullable=False))
        batch.add_column(sa.Column("access", sa.String(length=200), server_default="", nullable=False))
        batch.add_column(sa.Column("cost", sa.Text(), nullable=True))
        batch.add_column(sa.Column("online_url", sa.String(length=500), server_default="", nullable=False))
        batch.add_column(sa.Column("online_notes", sa.Text(), nullable=True))
        batch.alter_column("network_id", existing_type=sa.Integer(), nullable=True)
        batch.create_foreign_key(
            op.f("fk_event_organisation_id"), "organisation", ["organisation_id"], ["id"], ondelete="RESTRICT"
        )
        batch.create_index(op.f("ix_event_organisation_id"), ["organisation_id"])
        batch.create_check_constraint(op.f("ck_event_one_host"), "(organisation_id IS NULL) <> (network_id IS NULL)")
        batch.create_check_constraint(op.f("ck_event_mode"), "mode IN ('on-site', 'online', 'hybrid')")
    op.execute("UPDATE event SET mode = 'online' WHERE town = ''")


def downgrade() -> None:
    """Refused by the database while an organisation has events: the release before knows none of theirs."""
    with op.batch_alter_table("event") as batch:
        batch.drop_index(op.f("ix_event_organisation_id"))
        batch.drop_constraint(op.f("ck_event_mode"), type_="check")
        batch.drop_constraint(op.f("ck_event_one_host"), type_="check")
        batch.drop_constraint(op.f("fk_event_organisation_id"), type_="foreignkey")
        batch.alter_column("network_id", existing_type=sa.Integer(), nullable=False)
        for name in (
            "online_notes",
            "online_url",
            "cost",
            "access",
            "languages",
            "themes",
            "region",
            "mode",
            "kind",
            "organisation_id",
        ):
            batch.drop_column(name)
    op.drop_table("event_role")

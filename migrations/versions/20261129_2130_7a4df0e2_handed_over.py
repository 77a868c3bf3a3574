"""Registrations that are handed over to somebody else.

Revision: 7a4df0e2
"""

from alembic import op

revision = "7a4df0e2"
down_revision = "5ec2e7ed"

BEFORE = "'unverified', 'pending', 'offered', 'confirmed', 'waiting', 'rejected', 'declined', 'cancelled', 'expired'"


def upgrade() -> None:
    with op.batch_alter_table("registration") as table:
        table.drop_constraint(op.f("ck_registration_status"), type_="check")
        table.create_check_constraint(op.f("ck_registration_status"), f"status IN ({BEFORE}, 'transferred')")
    # In words, because Alembic leaves the name of the key away where SQLite is not to build the table anew.
    key = "CONSTRAINT fk_registration_successor_id REFERENCES registration (id)"
    op.execute(f"ALTER TABLE registration ADD COLUMN successor_id INTEGER {key}")
    op.create_index("ix_registration_successor_id", "registration", ["successor_id"])


def downgrade() -> None:
    op.execute("UPDATE registration SET status = 'cancelled' WHERE status = 'transferred'")
    with op.batch_alter_table("registration") as table:
        table.drop_index("ix_registration_successor_id")
        table.drop_constraint(op.f("ck_registration_status"), type_="check")
        table.create_check_constraint(op.f("ck_registration_status"), f"status IN ({BEFORE})")
        table.drop_column("successor_id")

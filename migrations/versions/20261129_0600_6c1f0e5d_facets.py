"""Facets of the directory as bitmaps: what they say of each organisation, and the differences since they were merged.

The rows are written by `portal db upgrade`, which makes the directory anew by its rules, and by the worker.

Revision: 6c1f0e5d
"""

import sqlalchemy as sa
from alembic import op

revision = "6c1f0e5d"
down_revision = "f1e1d5a7"

CELLS = "organisation_listing_count"
RECOUNTED = """
INSERT INTO organisation_listing_count (theme, region, informal, count)
SELECT theme, region, informal, count(*) FROM organisation_listing GROUP BY theme, region, informal
"""


def upgrade() -> None:
    # Nobody counts the cells any more, and the release before may still take an organisation off one.
    with op.batch_alter_table(CELLS) as table:
        table.drop_constraint(op.f("ck_organisation_listing_count_count"), type_="check")
    op.create_table(
        "directory_bitmap",
        sa.Column("term", sa.String(length=120), nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_directory_bitmap")),
    )
    op.create_table(
        "directory_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.Column("token", sa.String(length=16), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_change")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "directory_mark",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.String(length=32), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_directory_mark_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_mark")),
    )
    op.create_table(
        "directory_terms",
        sa.Column("organisation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_directory_terms_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_directory_terms")),
    )


def downgrade() -> None:
    op.drop_table("directory_terms")
    op.drop_table("directory_mark")
    op.drop_table("directory_change")
    op.drop_table("directory_bitmap")
    op.execute("DELETE FROM organisation_listing_count")
    op.execute(RECOUNTED)
    with op.batch_alter_table(CELLS) as table:
        table.create_check_constraint(op.f("ck_organisation_listing_count_count"), "count >= 0")

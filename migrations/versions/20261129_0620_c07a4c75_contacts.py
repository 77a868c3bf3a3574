"""Contacts of organisations become rows, each with who sees it; a form to write to them.

The columns of before stay for a release, empty: its code goes on writing them, and `carry_contacts` takes that over.

Revision: c07a4c75
"""

import sqlalchemy as sa
from alembic import op

revision = "c07a4c75"
down_revision = "1c49e2d2"

ORGANISATION = sa.table(
    "organisation",
    sa.column("id", sa.Integer),
    sa.column("contact_email", sa.String(320)),
    sa.column("contact_phone", sa.String(40)),
    sa.column("contact_visibility", sa.String(12)),
)
CONTACT = sa.table(
    "organisation_contact",
    sa.column("id", sa.Integer),
    sa.column("organisation_id", sa.Integer),
    sa.column("kind", sa.String(12)),
    sa.column("value", sa.String(320)),
    sa.column("visibility", sa.String(12)),
    sa.column("position", sa.Integer),
)
EARLIER = {"email": ORGANISATION.c.contact_email, "phone": ORGANISATION.c.contact_phone}


def upgrade() -> None:
    op.create_table(
        "organisation_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("value", sa.String(length=320), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("visibility", sa.String(length=12), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('email', 'phone', 'address', 'other')", name=op.f("ck_organisation_contact_kind")
        ),
        sa.CheckConstraint("value <> ''", name=op.f("ck_organisation_contact_value")),
        sa.CheckConstraint(
            "visibility IN ('public', 'registered', 'network', 'coordinators', 'private')",
            name=op.f("ck_organisation_contact_visibility"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_contact_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_contact")),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_index("ix_organisation_contact_organisation_id", "organisation_contact", ["organisation_id", "position"])
    op.add_column("organisation", sa.Column("contact_form", sa.Boolean(), server_default=sa.true(), nullable=False))
    for position, (kind, column) in enumerate(EARLIER.items(), start=1):
        given = sa.select(
            ORGANISATION.c.id, sa.literal(kind), column, ORGANISATION.c.contact_visibility, sa.literal(position)
        ).where(column != "")
        op.execute(
            CONTACT.insert().from_select(
                ["organisation_id", "kind", "value", "visibility", "position"], given.order_by(ORGANISATION.c.id)
            )
        )
    there = sa.or_(*(column != "" for column in EARLIER.values()))
    op.execute(ORGANISATION.update().where(there).values(contact_email="", contact_phone=""))


def downgrade() -> None:
    """The first address and the first number go back; who sees both, are the fewest that were chosen for any contact."""
    own = CONTACT.c.organisation_id == ORGANISATION.c.id
    for kind, column in EARLIER.items():
        first = sa.select(sa.func.substr(CONTACT.c.value, 1, column.type.length)).where(own, CONTACT.c.kind == kind)
        found = first.order_by(CONTACT.c.position, CONTACT.c.id).limit(1).scalar_subquery()
        op.execute(ORGANISATION.update().values({column.name: sa.func.coalesce(found, "")}))
    hidden = sa.exists().where(own, CONTACT.c.visibility.not_in(["public", "registered"]))
    registered = sa.exists().where(own, CONTACT.c.visibility == "registered")
    seen = sa.case((hidden, "private"), (registered, "registered"), else_="public")
    op.execute(ORGANISATION.update().where(sa.exists().where(own)).values(contact_visibility=seen))
    op.drop_table("organisation_contact")
    with op.batch_alter_table("organisation") as table:
        table.drop_column("contact_form")

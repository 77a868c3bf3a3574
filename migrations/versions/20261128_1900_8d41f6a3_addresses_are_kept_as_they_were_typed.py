"""Addresses are kept as they were typed, beside the key by which they are compared.

Revision: 8d41f6a3
"""

import idna
import sqlalchemy as sa
from alembic import op

revision = "8d41f6a3"
down_revision = "7d41c0aa"

COLUMNS = {
    "person": ("email", "typed_email"),
    "account": ("email", "typed_email"),
    "sign_up": ("email", "typed_email"),
    "email_change": ("email", "typed_email"),
    "registration": ("email", "typed_email"),
    "organisation_invitation": ("email", "typed_email"),
    "outbox_mail": ("to", "typed_to"),
}


def upgrade() -> None:
    for table, (key, typed) in COLUMNS.items():
        op.add_column(table, sa.Column(typed, sa.String(length=320), nullable=True))
        _keys_in_letters(table, key, typed)
    op.add_column("outbox_mail", sa.Column("failure", sa.String(length=200), nullable=True))
    _forget_the_invited()


def _forget_the_invited() -> None:
    """Details of invitations held the address of somebody who may never have answered; they name the invitation now."""
    entry = sa.table("audit_entry", sa.column("number"), sa.column("verb"))
    detail = sa.table("audit_detail", sa.column("number"))
    verbs = ("organisation.invited", "organisation.invitation_revoked")
    old = sa.select(entry.c.number).where(entry.c.verb.in_(verbs))
    op.get_bind().execute(sa.delete(detail).where(detail.c.number.in_(old)))


def _keys_in_letters(table: str, key: str, typed: str) -> None:
    """A domain that was given in its ASCII form (at the console) is compared by the letters that people read."""
    connection = op.get_bind()
    rows = sa.table(table, sa.column("id"), sa.column(key), sa.column(typed))
    found = connection.execute(sa.select(rows.c.id, rows.c[key]).where(rows.c[key].like("%xn--%"))).all()
    for number, known in found:
        local, at, domain = known.rpartition("@")
        try:
            read = f"{local}{at}{idna.decode(domain)}"
        except UnicodeError:
            continue
        taken = connection.scalar(sa.select(sa.func.count()).select_from(rows).where(rows.c[key] == read))
        if not taken or table not in ("person", "account"):
            connection.execute(sa.update(rows).where(rows.c.id == number).values({key: read, typed: known}))


def downgrade() -> None:
    op.drop_column("outbox_mail", "failure")
    for table, (_key, typed) in COLUMNS.items():
        op.drop_column(table, typed)

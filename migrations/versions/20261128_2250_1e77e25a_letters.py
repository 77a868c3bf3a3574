"""What a mail is about and who does not want it, mailboxes that send it back, and consents.

Revision: 1e77e25a
"""

import sqlalchemy as sa
from alembic import op

revision = "1e77e25a"
down_revision = "9a4c1e07"

KINDS = (
    "'account', 'tasks', 'profile', 'invitation', 'profile-confirmation', 'membership', 'network-message', "
    "'event-registration', 'event-change', 'event-message', 'deadline-reminder', 'grant-application', 'cause', "
    "'needs-offers', 'urgent-need', 'saved-search', 'followed', 'translation', 'newsletter'"
)
REFUSALS = "'no-such-address', 'mailbox-full', 'not-accepted', 'no-answer', 'not-made', 'unwanted', 'bouncing'"
STATES = "'queued', 'sent', 'failed', 'unwanted'"


def upgrade() -> None:
    with op.batch_alter_table("outbox_mail") as table:
        table.add_column(sa.Column("kind", sa.String(length=30), server_default="account", nullable=False))
        table.add_column(sa.Column("concerns", sa.String(length=40), nullable=True))
        table.add_column(sa.Column("refusal", sa.String(length=20), nullable=True))
        table.add_column(sa.Column("source", sa.Text(), nullable=True))
        table.drop_constraint(op.f("ck_outbox_mail_state"), type_="check")
        table.create_check_constraint(op.f("ck_outbox_mail_state"), f"state IN ({STATES})")
        table.create_check_constraint(op.f("ck_outbox_mail_kind"), f"kind IN ({KINDS})")
        table.create_check_constraint(op.f("ck_outbox_mail_refusal"), f"refusal IN ({REFUSALS})")
        table.create_index("ix_outbox_mail_concerns", ["concerns", "id"])
    op.create_table(
        "mailbox_pepper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pepper", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_mailbox_pepper_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailbox_pepper")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "mail_preference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mailbox", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("frequency", sa.String(length=12), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String(length=12), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_mail_preference_kind")),
        sa.CheckConstraint("frequency IN ('immediate', 'weekly', 'never')", name=op.f("ck_mail_preference_frequency")),
        sa.CheckConstraint("how IN ('account', 'link', 'one-click', 'moved')", name=op.f("ck_mail_preference_how")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_preference")),
        sa.UniqueConstraint("mailbox", "kind", name=op.f("uq_mail_preference_mailbox_kind")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "bounced_mailbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounced_mailbox")),
        sa.UniqueConstraint("email", name=op.f("uq_bounced_mailbox_email")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_bounced_mailbox_last_at"), "bounced_mailbox", ["last_at"])
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=30), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("words_hash", sa.String(length=64), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('newsletter', 'image', 'public-profile', 'sharing-network', 'statistics')",
            name=op.f("ck_consent_purpose"),
        ),
        sa.CheckConstraint("withdrawn_at >= given_at", name=op.f("ck_consent_order")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"])
    op.create_index(
        "uq_consent_given", "consent", ["about", "purpose", "person_id"], unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"), postgresql_where=sa.text("withdrawn_at IS NULL"),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("consent")
    op.drop_table("bounced_mailbox")
    op.drop_table("mail_preference")
    op.drop_table("mailbox_pepper")
    op.execute("DELETE FROM outbox_mail WHERE state = 'unwanted'")
    with op.batch_alter_table("outbox_mail") as table:
        table.drop_index("ix_outbox_mail_concerns")
        table.drop_constraint(op.f("ck_outbox_mail_refusal"), type_="check")
        table.drop_constraint(op.f("ck_outbox_mail_kind"), type_="check")
        table.drop_constraint(op.f("ck_outbox_mail_state"), type_="check")
        table.create_check_constraint(op.f("ck_outbox_mail_state"), "state IN ('queued', 'sent', 'failed')")
        table.drop_column("source")
        table.drop_column("refusal")
        table.drop_column("concerns")
        table.drop_column("kind")

"""The first schema.

Revision: 20261121_first
"""

import sqlalchemy as sa
from alembic import op

revision = "20261121_first"
down_revision = None

# The search engine's own tables and triggers, which no table of the models can say.
SEARCH = {
    "sqlite": [
        "CREATE VIEW search_trigram_source AS SELECT id, fold || alias || upper(skeleton) AS words FROM search_document",
        "CREATE VIRTUAL TABLE search_trigram USING fts5(words, content='search_trigram_source', content_rowid='id', tokenize='trigram case_sensitive 1')",
        "CREATE VIRTUAL TABLE search_word USING fts5(fold, skeleton, content='search_document', content_rowid='id', tokenize='ascii', prefix='1 2', columnsize=0)",
        "CREATE TRIGGER search_document_insert AFTER INSERT ON search_document BEGIN INSERT INTO search_trigram(rowid, words) VALUES (new.id, new.fold || new.alias || upper(new.skeleton)); INSERT INTO search_word(rowid, fold, skeleton) VALUES (new.id, new.fold, new.skeleton); END",
        "CREATE TRIGGER search_document_delete AFTER DELETE ON search_document BEGIN INSERT INTO search_trigram(search_trigram, rowid, words) VALUES ('delete', old.id, old.fold || old.alias || upper(old.skeleton)); INSERT INTO search_word(search_word, rowid, fold, skeleton) VALUES ('delete', old.id, old.fold, old.skeleton); END",
        "CREATE TRIGGER search_document_update AFTER UPDATE OF id, fold, skeleton, alias ON search_document BEGIN INSERT INTO search_trigram(search_trigram, rowid, words) VALUES ('delete', old.id, old.fold || old.alias || upper(old.skeleton)); INSERT INTO search_word(search_word, rowid, fold, skeleton) VALUES ('delete', old.id, old.fold, old.skeleton); INSERT INTO search_trigram(rowid, words) VALUES (new.id, new.fold || new.alias || upper(new.skeleton)); INSERT INTO search_word(rowid, fold, skeleton) VALUES (new.id, new.fold, new.skeleton); END",
    ],
    "postgresql": [
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "CREATE INDEX ix_search_document_trgm ON search_document USING gin (fold gin_trgm_ops, skeleton gin_trgm_ops, alias gin_trgm_ops)",
    ],
}
NO_SEARCH = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS search_document_insert",
        "DROP TRIGGER IF EXISTS search_document_delete",
        "DROP TRIGGER IF EXISTS search_document_update",
        "DROP TABLE IF EXISTS search_trigram",
        "DROP TABLE IF EXISTS search_word",
        "DROP VIEW IF EXISTS search_trigram_source",
    ],
    "postgresql": [
        "DROP INDEX IF EXISTS ix_search_document_trgm",
    ],
}


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("object_type", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("detail_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_entry_hash")),
    )
    op.create_index(op.f("ix_audit_entry_actor_id"), "audit_entry", ["actor_id"], unique=False)
    op.create_index("ix_audit_entry_object", "audit_entry", ["object_type", "object_id"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "limit_hit",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("slice", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", "slice", name=op.f("pk_limit_hit")),
    )
    op.create_index(op.f("ix_limit_hit_until"), "limit_hit", ["until"], unique=False)
    op.create_table(
        "link_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_link_token_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_link_token_expires_at"), "link_token", ["expires_at"], unique=False)
    op.create_index("ix_link_token_purpose_subject", "link_token", ["purpose", "subject"], unique=False)
    op.create_table(
        "organisation_listing_count",
        sa.Column("theme", sa.String(length=20), nullable=False),
        sa.Column("region", sa.String(length=10), nullable=False),
        sa.Column("informal", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count >= 0", name=op.f("ck_organisation_listing_count_count")),
        sa.PrimaryKeyConstraint("theme", "region", "informal", name=op.f("pk_organisation_listing_count")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("locale", sa.String(length=2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "search_document",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=200), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("fold", sa.Text(), nullable=False),
        sa.Column("skeleton", sa.Text(), nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_document")),
        sa.UniqueConstraint("kind", "object_id", name="uq_search_document_kind_object_id"),
    )
    op.create_table(
        "sign_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("locale", sa.String(length=2), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sign_up_created_at"), "sign_up", ["created_at"], unique=False)
    op.create_index(op.f("ix_sign_up_email"), "sign_up", ["email"], unique=False)
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("totp_secret", sa.Text(), nullable=True),
        sa.Column("totp_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("totp_counter", sa.BigInteger(), nullable=True),
        sa.Column("recovery_codes", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_account_fs_uniquifier")),
        sa.UniqueConstraint("person_id", name=op.f("uq_account_person_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit_detail",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["audit_entry.number"], name=op.f("fk_audit_detail_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_detail")),
    )
    op.create_table(
        "file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("mime", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("variants", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["uploaded_by"], ["person.id"], name=op.f("fk_file_uploaded_by"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_file_sha256"), "file", ["sha256"], unique=False)
    op.create_index(op.f("ix_file_uploaded_by"), "file", ["uploaded_by"], unique=False)
    op.create_table(
        "outbox_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dedupe_key", sa.String(length=200), nullable=False),
        sa.Column("to", sa.String(length=320), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("template", sa.String(length=80), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("html", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('queued', 'sent', 'failed')", name=op.f("ck_outbox_mail_state")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_outbox_mail_person_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_mail")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_outbox_mail_dedupe_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_mail_message_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_outbox_mail_due",
        "outbox_mail",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_index(op.f("ix_outbox_mail_person_id"), "outbox_mail", ["person_id"], unique=False)
    op.create_index(op.f("ix_outbox_mail_to"), "outbox_mail", ["to"], unique=False)
    op.create_table(
        "portal_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("role IN ('administrator')", name=op.f("ck_portal_role_role")),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_portal_role_ended_by"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["person.id"], name=op.f("fk_portal_role_granted_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_portal_role_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_role")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_portal_role_ended_by"), "portal_role", ["ended_by"], unique=False)
    op.create_index(op.f("ix_portal_role_granted_by"), "portal_role", ["granted_by"], unique=False)
    op.create_index(op.f("ix_portal_role_person_id"), "portal_role", ["person_id"], unique=False)
    op.create_index(
        "uq_portal_role_open",
        "portal_role",
        ["person_id", "role"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "search_order",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("sort_pl", sa.LargeBinary(length=400), nullable=False),
        sa.Column("sort_bg", sa.LargeBinary(length=400), nullable=False),
        sa.Column("sort_en", sa.LargeBinary(length=400), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["search_document.id"], name=op.f("fk_search_order_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_order")),
    )
    op.create_index("ix_search_order_bg", "search_order", ["sort_bg", "id"], unique=False)
    op.create_index("ix_search_order_en", "search_order", ["sort_en", "id"], unique=False)
    op.create_index("ix_search_order_pl", "search_order", ["sort_pl", "id"], unique=False)
    op.create_table(
        "email_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_email_change_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_email_change_account_id"), "email_change", ["account_id"], unique=False)
    op.create_index(op.f("ix_email_change_created_at"), "email_change", ["created_at"], unique=False)
    op.create_table(
        "network",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column("contact_email", sa.String(length=320), nullable=False),
        sa.Column("logo_id", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["logo_id"], ["file.id"], name=op.f("fk_network_logo_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network")),
        sa.UniqueConstraint("slug", name=op.f("uq_network_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_network_logo_id"), "network", ["logo_id"], unique=False)
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("legal_form", sa.String(length=40), nullable=False),
        sa.Column("informal", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("town", sa.String(length=120), nullable=False),
        sa.Column("region", sa.String(length=10), nullable=False),
        sa.Column("themes", sa.String(length=200), nullable=False),
        sa.Column("founded_year", sa.Integer(), nullable=True),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("contact_email", sa.String(length=320), nullable=False),
        sa.Column("contact_phone", sa.String(length=40), nullable=False),
        sa.Column("contact_visibility", sa.String(length=12), nullable=False),
        sa.Column("logo_id", sa.Integer(), nullable=True),
        sa.Column("logo_alt", sa.Text(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("sort_pl", sa.LargeBinary(length=1000), nullable=False),
        sa.Column("sort_bg", sa.LargeBinary(length=1000), nullable=False),
        sa.Column("sort_en", sa.LargeBinary(length=1000), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "contact_visibility IN ('public', 'registered', 'private')", name=op.f("ck_organisation_contact_visibility")
        ),
        sa.CheckConstraint("country IN ('PL', 'BG')", name=op.f("ck_organisation_country")),
        sa.CheckConstraint(
            "status IN ('draft', 'pending', 'published', 'hidden', 'suspended')", name=op.f("ck_organisation_status")
        ),
        sa.ForeignKeyConstraint(["logo_id"], ["file.id"], name=op.f("fk_organisation_logo_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_organisation_logo_id"), "organisation", ["logo_id"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("venue", sa.Text(), nullable=False),
        sa.Column("town", sa.String(length=120), nullable=False),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registration_opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registration_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('draft', 'published', 'cancelled')", name=op.f("ck_event_status")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_event_order")),
        sa.CheckConstraint("seats IS NULL OR seats >= 0", name=op.f("ck_event_seats")),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_event_network_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("slug", name=op.f("uq_event_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_event_ends_at"), "event", ["ends_at"], unique=False)
    op.create_index(op.f("ix_event_network_id"), "event", ["network_id"], unique=False)
    op.create_index("ix_event_status_starts", "event", ["status", "starts_at", "id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('submitted', 'more-info', 'active', 'declined', 'withdrawn', 'resigned')",
            name=op.f("ck_membership_status"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_membership_network_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_membership_network_status", "membership", ["network_id", "status", "organisation_id"], unique=False
    )
    op.create_index(op.f("ix_membership_organisation_id"), "membership", ["organisation_id"], unique=False)
    op.create_index(
        "uq_membership_open",
        "membership",
        ["network_id", "organisation_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('submitted', 'more-info', 'active')"),
        postgresql_where=sa.text("status IN ('submitted', 'more-info', 'active')"),
    )
    op.create_table(
        "network_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=True),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_network_question_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_question")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_network_question_network_id"), "network_question", ["network_id"], unique=False)
    op.create_table(
        "network_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("role IN ('coordinator')", name=op.f("ck_network_role_role")),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["person.id"], name=op.f("fk_network_role_ended_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["person.id"], name=op.f("fk_network_role_granted_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_network_role_network_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_network_role_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_role")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_network_role_ended_by"), "network_role", ["ended_by"], unique=False)
    op.create_index(op.f("ix_network_role_granted_by"), "network_role", ["granted_by"], unique=False)
    op.create_index(op.f("ix_network_role_network_id"), "network_role", ["network_id"], unique=False)
    op.create_index(op.f("ix_network_role_person_id"), "network_role", ["person_id"], unique=False)
    op.create_index(
        "uq_network_role_open",
        "network_role",
        ["network_id", "person_id", "role"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "organisation_former_slug",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_former_slug_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_organisation_former_slug")),
    )
    op.create_index(
        op.f("ix_organisation_former_slug_organisation_id"),
        "organisation_former_slug",
        ["organisation_id"],
        unique=False,
    )
    op.create_table(
        "organisation_identifier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(length=12), nullable=False),
        sa.Column("value", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_identifier_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_identifier")),
        sa.UniqueConstraint("organisation_id", "scheme", name="uq_organisation_identifier_organisation_id_scheme"),
        sa.UniqueConstraint("scheme", "value", name="uq_organisation_identifier_scheme_value"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_organisation_identifier_organisation_id"), "organisation_identifier", ["organisation_id"], unique=False
    )
    op.create_table(
        "organisation_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["person.id"], name=op.f("fk_organisation_invitation_invited_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_invitation_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_invitation")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_organisation_invitation_email"), "organisation_invitation", ["email"], unique=False)
    op.create_index(
        op.f("ix_organisation_invitation_invited_by"), "organisation_invitation", ["invited_by"], unique=False
    )
    op.create_index(
        op.f("ix_organisation_invitation_organisation_id"), "organisation_invitation", ["organisation_id"], unique=False
    )
    op.create_table(
        "organisation_listing",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=20), nullable=False),
        sa.Column("region", sa.String(length=10), nullable=False),
        sa.Column("informal", sa.Boolean(), nullable=False),
        sa.Column("sort_pl", sa.LargeBinary(length=1000), nullable=False),
        sa.Column("sort_bg", sa.LargeBinary(length=1000), nullable=False),
        sa.Column("sort_en", sa.LargeBinary(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_listing_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "theme", name=op.f("pk_organisation_listing")),
    )
    op.create_index(
        "ix_organisation_listing_bg",
        "organisation_listing",
        ["theme", "sort_bg", "organisation_id", "region", "informal"],
        unique=False,
    )
    op.create_index(
        "ix_organisation_listing_en",
        "organisation_listing",
        ["theme", "sort_en", "organisation_id", "region", "informal"],
        unique=False,
    )
    op.create_index(
        "ix_organisation_listing_pl",
        "organisation_listing",
        ["theme", "sort_pl", "organisation_id", "region", "informal"],
        unique=False,
    )
    op.create_table(
        "organisation_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "role IN ('owner', 'editor', 'author', 'translator', 'representative')",
            name=op.f("ck_organisation_role_role"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["person.id"], name=op.f("fk_organisation_role_ended_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["person.id"], name=op.f("fk_organisation_role_granted_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_role_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_organisation_role_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_role")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_organisation_role_ended_by"), "organisation_role", ["ended_by"], unique=False)
    op.create_index(op.f("ix_organisation_role_granted_by"), "organisation_role", ["granted_by"], unique=False)
    op.create_index(
        op.f("ix_organisation_role_organisation_id"), "organisation_role", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_organisation_role_person_id"), "organisation_role", ["person_id"], unique=False)
    op.create_index(
        "uq_organisation_role_open",
        "organisation_role",
        ["organisation_id", "person_id", "role"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("network_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("category", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("cover_id", sa.Integer(), nullable=True),
        sa.Column("cover_alt", sa.Text(), nullable=True),
        sa.Column("publish_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('draft', 'scheduled', 'published', 'unpublished')", name=op.f("ck_post_status")),
        sa.CheckConstraint(
            "status NOT IN ('scheduled', 'published') OR publish_at IS NOT NULL", name=op.f("ck_post_dated")
        ),
        sa.CheckConstraint("(organisation_id IS NULL) <> (network_id IS NULL)", name=op.f("ck_post_one_publisher")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_post_author_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["cover_id"], ["file.id"], name=op.f("fk_post_cover_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_post_network_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_post_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("slug", name=op.f("uq_post_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_post_author_id"), "post", ["author_id"], unique=False)
    op.create_index(op.f("ix_post_cover_id"), "post", ["cover_id"], unique=False)
    op.create_index("ix_post_network", "post", ["network_id", "status", "publish_at"], unique=False)
    op.create_index("ix_post_organisation", "post", ["organisation_id", "status", "publish_at"], unique=False)
    op.create_index("ix_post_status_publish", "post", ["status", "publish_at", "id"], unique=False)
    op.create_table(
        "profile_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=True),
        sa.Column("requested_by", sa.Integer(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('', 'published', 'returned', 'withdrawn')", name=op.f("ck_profile_review_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_profile_review_decided_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_profile_review_network_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_profile_review_organisation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["person.id"], name=op.f("fk_profile_review_requested_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_review")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_profile_review_decided_by"), "profile_review", ["decided_by"], unique=False)
    op.create_index(op.f("ix_profile_review_network_id"), "profile_review", ["network_id"], unique=False)
    op.create_index(op.f("ix_profile_review_organisation_id"), "profile_review", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_profile_review_requested_by"), "profile_review", ["requested_by"], unique=False)
    op.create_index(
        "uq_profile_review_open",
        "profile_review",
        ["organisation_id"],
        unique=True,
        sqlite_where=sa.text("decided_at IS NULL"),
        postgresql_where=sa.text("decided_at IS NULL"),
    )
    op.create_table(
        "event_seats",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken >= 0 AND taken <= seats", name=op.f("ck_event_seats_taken")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_seats_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_seats")),
    )
    op.create_table(
        "membership_answer",
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_membership_answer_membership_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["network_question.id"], name=op.f("fk_membership_answer_question_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("membership_id", "question_id", name=op.f("pk_membership_answer")),
    )
    op.create_index(op.f("ix_membership_answer_question_id"), "membership_answer", ["question_id"], unique=False)
    op.create_table(
        "membership_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("from_status", sa.String(length=16), nullable=False),
        sa.Column("to_status", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_membership_event_actor_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_membership_event_membership_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_event")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_membership_event_actor_id"), "membership_event", ["actor_id"], unique=False)
    op.create_index(op.f("ix_membership_event_membership_id"), "membership_event", ["membership_id"], unique=False)
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("locale", sa.String(length=2), nullable=False),
        sa.Column("affiliation", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("queue_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('unverified', 'confirmed', 'waiting', 'cancelled', 'expired')",
            name=op.f("ck_registration_status"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('confirmed', 'waiting') OR (queue_at IS NOT NULL AND confirmed_at IS NOT NULL)",
            name=op.f("ck_registration_queued"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_registration_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_registration_person_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_registration_event_email", "registration", ["event_id", "email"], unique=False)
    op.create_index(
        "ix_registration_event_queue", "registration", ["event_id", "status", "queue_at", "id"], unique=False
    )
    op.create_index(op.f("ix_registration_person_id"), "registration", ["person_id"], unique=False)
    op.create_index(
        "uq_registration_active_person",
        "registration",
        ["event_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('confirmed', 'waiting')"),
        postgresql_where=sa.text("status IN ('confirmed', 'waiting')"),
    )
    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_room_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_room_event_id"), "room", ["event_id"], unique=False)
    op.create_table(
        "slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_slot_order")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_slot_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_slot_event_id"), "slot", ["event_id"], unique=False)
    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(length=36), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=True),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("speakers", sa.String(length=400), nullable=False),
        sa.Column("languages", sa.String(length=40), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('talk', 'panel', 'workshop', 'networking', 'break')", name=op.f("ck_session_kind")
        ),
        sa.CheckConstraint("status IN ('scheduled', 'cancelled')", name=op.f("ck_session_status")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_session_order")),
        sa.CheckConstraint("seats IS NULL OR seats >= 0", name=op.f("ck_session_seats")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_session_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_session_room_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_session_slot_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("guid", name=op.f("uq_session_guid")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_session_event_starts", "session", ["event_id", "starts_at", "id"], unique=False)
    op.create_index(op.f("ix_session_room_id"), "session", ["room_id"], unique=False)
    op.create_index(op.f("ix_session_slot_id"), "session", ["slot_id"], unique=False)
    op.create_table(
        "booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("queue_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('wished', 'booked', 'waiting', 'released')", name=op.f("ck_booking_status")),
        sa.CheckConstraint(
            "status NOT IN ('booked', 'waiting') OR queue_at IS NOT NULL", name=op.f("ck_booking_queued")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_booking_registration_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_booking_session_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_booking_queue", "booking", ["session_id", "status", "queue_at", "id"], unique=False)
    op.create_index(op.f("ix_booking_registration_id"), "booking", ["registration_id"], unique=False)
    op.create_index(
        "uq_booking_active",
        "booking",
        ["registration_id", "session_id"],
        unique=True,
        sqlite_where=sa.text("status <> 'released'"),
        postgresql_where=sa.text("status <> 'released'"),
    )
    op.create_table(
        "session_seats",
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken >= 0 AND taken <= seats", name=op.f("ck_session_seats_taken")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_seats_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_session_seats")),
    )

    for statement in SEARCH[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in NO_SEARCH[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_table("session_seats")
    op.drop_index(
        "uq_booking_active",
        table_name="booking",
        sqlite_where=sa.text("status <> 'released'"),
        postgresql_where=sa.text("status <> 'released'"),
    )
    op.drop_index(op.f("ix_booking_registration_id"), table_name="booking")
    op.drop_index("ix_booking_queue", table_name="booking")
    op.drop_table("booking")
    op.drop_index(op.f("ix_session_slot_id"), table_name="session")
    op.drop_index(op.f("ix_session_room_id"), table_name="session")
    op.drop_index("ix_session_event_starts", table_name="session")
    op.drop_table("session")
    op.drop_index(op.f("ix_slot_event_id"), table_name="slot")
    op.drop_table("slot")
    op.drop_index(op.f("ix_room_event_id"), table_name="room")
    op.drop_table("room")
    op.drop_index(
        "uq_registration_active_person",
        table_name="registration",
        sqlite_where=sa.text("status IN ('confirmed', 'waiting')"),
        postgresql_where=sa.text("status IN ('confirmed', 'waiting')"),
    )
    op.drop_index(op.f("ix_registration_person_id"), table_name="registration")
    op.drop_index("ix_registration_event_queue", table_name="registration")
    op.drop_index("ix_registration_event_email", table_name="registration")
    op.drop_table("registration")
    op.drop_index(op.f("ix_membership_event_membership_id"), table_name="membership_event")
    op.drop_index(op.f("ix_membership_event_actor_id"), table_name="membership_event")
    op.drop_table("membership_event")
    op.drop_index(op.f("ix_membership_answer_question_id"), table_name="membership_answer")
    op.drop_table("membership_answer")
    op.drop_table("event_seats")
    op.drop_index(
        "uq_profile_review_open",
        table_name="profile_review",
        sqlite_where=sa.text("decided_at IS NULL"),
        postgresql_where=sa.text("decided_at IS NULL"),
    )
    op.drop_index(op.f("ix_profile_review_requested_by"), table_name="profile_review")
    op.drop_index(op.f("ix_profile_review_organisation_id"), table_name="profile_review")
    op.drop_index(op.f("ix_profile_review_network_id"), table_name="profile_review")
    op.drop_index(op.f("ix_profile_review_decided_by"), table_name="profile_review")
    op.drop_table("profile_review")
    op.drop_index("ix_post_status_publish", table_name="post")
    op.drop_index("ix_post_organisation", table_name="post")
    op.drop_index("ix_post_network", table_name="post")
    op.drop_index(op.f("ix_post_cover_id"), table_name="post")
    op.drop_index(op.f("ix_post_author_id"), table_name="post")
    op.drop_table("post")
    op.drop_index(
        "uq_organisation_role_open",
        table_name="organisation_role",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(op.f("ix_organisation_role_person_id"), table_name="organisation_role")
    op.drop_index(op.f("ix_organisation_role_organisation_id"), table_name="organisation_role")
    op.drop_index(op.f("ix_organisation_role_granted_by"), table_name="organisation_role")
    op.drop_index(op.f("ix_organisation_role_ended_by"), table_name="organisation_role")
    op.drop_table("organisation_role")
    op.drop_index("ix_organisation_listing_pl", table_name="organisation_listing")
    op.drop_index("ix_organisation_listing_en", table_name="organisation_listing")
    op.drop_index("ix_organisation_listing_bg", table_name="organisation_listing")
    op.drop_table("organisation_listing")
    op.drop_index(op.f("ix_organisation_invitation_organisation_id"), table_name="organisation_invitation")
    op.drop_index(op.f("ix_organisation_invitation_invited_by"), table_name="organisation_invitation")
    op.drop_index(op.f("ix_organisation_invitation_email"), table_name="organisation_invitation")
    op.drop_table("organisation_invitation")
    op.drop_index(op.f("ix_organisation_identifier_organisation_id"), table_name="organisation_identifier")
    op.drop_table("organisation_identifier")
    op.drop_index(op.f("ix_organisation_former_slug_organisation_id"), table_name="organisation_former_slug")
    op.drop_table("organisation_former_slug")
    op.drop_index(
        "uq_network_role_open",
        table_name="network_role",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(op.f("ix_network_role_person_id"), table_name="network_role")
    op.drop_index(op.f("ix_network_role_network_id"), table_name="network_role")
    op.drop_index(op.f("ix_network_role_granted_by"), table_name="network_role")
    op.drop_index(op.f("ix_network_role_ended_by"), table_name="network_role")
    op.drop_table("network_role")
    op.drop_index(op.f("ix_network_question_network_id"), table_name="network_question")
    op.drop_table("network_question")
    op.drop_index(
        "uq_membership_open",
        table_name="membership",
        sqlite_where=sa.text("status IN ('submitted', 'more-info', 'active')"),
        postgresql_where=sa.text("status IN ('submitted', 'more-info', 'active')"),
    )
    op.drop_index(op.f("ix_membership_organisation_id"), table_name="membership")
    op.drop_index("ix_membership_network_status", table_name="membership")
    op.drop_table("membership")
    op.drop_index("ix_event_status_starts", table_name="event")
    op.drop_index(op.f("ix_event_network_id"), table_name="event")
    op.drop_index(op.f("ix_event_ends_at"), table_name="event")
    op.drop_table("event")
    op.drop_index(op.f("ix_organisation_logo_id"), table_name="organisation")
    op.drop_table("organisation")
    op.drop_index(op.f("ix_network_logo_id"), table_name="network")
    op.drop_table("network")
    op.drop_index(op.f("ix_email_change_created_at"), table_name="email_change")
    op.drop_index(op.f("ix_email_change_account_id"), table_name="email_change")
    op.drop_table("email_change")
    op.drop_index("ix_search_order_pl", table_name="search_order")
    op.drop_index("ix_search_order_en", table_name="search_order")
    op.drop_index("ix_search_order_bg", table_name="search_order")
    op.drop_table("search_order")
    op.drop_index(
        "uq_portal_role_open",
        table_name="portal_role",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(op.f("ix_portal_role_person_id"), table_name="portal_role")
    op.drop_index(op.f("ix_portal_role_granted_by"), table_name="portal_role")
    op.drop_index(op.f("ix_portal_role_ended_by"), table_name="portal_role")
    op.drop_table("portal_role")
    op.drop_index(op.f("ix_outbox_mail_to"), table_name="outbox_mail")
    op.drop_index(op.f("ix_outbox_mail_person_id"), table_name="outbox_mail")
    op.drop_index(
        "ix_outbox_mail_due",
        table_name="outbox_mail",
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.drop_table("outbox_mail")
    op.drop_index(op.f("ix_file_uploaded_by"), table_name="file")
    op.drop_index(op.f("ix_file_sha256"), table_name="file")
    op.drop_table("file")
    op.drop_table("audit_detail")
    op.drop_table("account")
    op.drop_index(op.f("ix_sign_up_email"), table_name="sign_up")
    op.drop_index(op.f("ix_sign_up_created_at"), table_name="sign_up")
    op.drop_table("sign_up")
    op.drop_table("search_document")
    op.drop_table("person")
    op.drop_table("organisation_listing_count")
    op.drop_index("ix_link_token_purpose_subject", table_name="link_token")
    op.drop_index(op.f("ix_link_token_expires_at"), table_name="link_token")
    op.drop_table("link_token")
    op.drop_index(op.f("ix_limit_hit_until"), table_name="limit_hit")
    op.drop_table("limit_hit")
    op.drop_table("heartbeat")
    op.drop_table("audit_head")
    op.drop_index("ix_audit_entry_object", table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_actor_id"), table_name="audit_entry")
    op.drop_table("audit_entry")

"""Contacts that 0.1.0 kept in columns: carried by the migration, and by a job while old nodes still write."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from portal.ground import migrations
from portal.ground.config import Config
from portal.ground.db import transaction
from portal.organisations import queries, services
from portal.organisations.models import Organisation
from tests.factories.organisations import fresh, make_organisation
from tests.support.databases import Databases


def test_what_code_of_before_writes_is_carried_once(app: Any) -> None:
    organisation = make_organisation(contacts=[("email", "public@lipa.example.org", "public")])
    with transaction() as session:
        session.execute(
            sa.update(Organisation)
            .where(Organisation.id == organisation.id)
            .values(contact_email="old@example.org", contact_phone="+48 1 23", contact_visibility="private")
        )
    assert (services.carry_contacts(), services.carry_contacts()) == (1, 0)
    assert [(one.value, one.visibility) for one in queries.contacts_of(fresh(organisation))] == [
        ("public@lipa.example.org", "public"), ("old@example.org", "private"), ("+48 1 23", "private"),
    ]  # fmt: skip


def test_migration_carries_contacts_there_and_back(databases: Databases, tmp_path: Path) -> None:
    config = databases.config(tmp_path, f"sqlite:///{tmp_path / 'old.db'}")
    migrations.upgrade(config)
    migrations.downgrade(config, "b3f7c2d1")
    engine = sa.create_engine(config.database_url, poolclass=sa.NullPool)
    given = [("a@example.org", "+48 1", "registered"), ("", "112", "private"), ("", "", "registered")]
    with engine.begin() as connection:
        for number, (email, phone, visibility) in enumerate(given):
            connection.execute(
                sa.text(
                    "INSERT INTO organisation (slug, status, country, legal_form, informal, name, summary, town, region,"
                    " themes, website, contact_email, contact_phone, contact_visibility, return_reason, row_version,"
                    " sort_pl, sort_bg, sort_en, description, created_at, updated_at) VALUES (:slug, 'draft', 'PL',"
                    " 'pl-assoc', 0, '{}', '{}', 'Łódź', 'PL-10', '', '', :email, :phone, :visibility, '', 1, '', '',"
                    " '', '{}', '2026-01-01', '2026-01-01')"
                ),
                {"slug": f"o{number}", "email": email, "phone": phone, "visibility": visibility},
            )
    earlier = sa.text("SELECT contact_email, contact_phone, contact_visibility FROM organisation ORDER BY id")
    rows = sa.text("SELECT organisation_id, kind, value, visibility, position FROM organisation_contact ORDER BY id")
    own = Config.from_environment({"PORTAL_VAR": str(tmp_path), "PORTAL_DATABASE_URL": config.database_url})
    for _twice in range(2):
        migrations.upgrade(own)
        with engine.connect() as connection:
            assert sorted(connection.execute(rows).all()) == [
                (1, "email", "a@example.org", "registered", 1), (1, "phone", "+48 1", "registered", 2),
                (2, "phone", "112", "private", 2),
            ]  # fmt: skip
            assert {(email, phone) for email, phone, _seen in connection.execute(earlier)} == {("", "")}
        migrations.downgrade(own, "b3f7c2d1")
        with engine.connect() as connection:
            assert connection.execute(earlier).all() == given

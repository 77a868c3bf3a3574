"""Mails that wait in the outbox while the portal is exchanged for the next release are made by that release."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from portal import mail
from portal.ground.db import db, transaction
from portal.mail import Mail, MailState
from tests.architecture.sources import ROOT
from tests.factories.events import make_event
from tests.factories.registrations import confirmed
from tests.support.client import CheckedClient

KEPT = sorted((ROOT / "tests" / "data").glob("mails-*.json"))


@pytest.mark.parametrize("lang", ["pl", "bg", "en"])
@pytest.mark.parametrize("file", KEPT, ids=[file.stem for file in KEPT])
def test_every_mail_that_a_release_queued_is_sent_by_this_one(client: CheckedClient, file: Path, lang: str) -> None:
    """A file holds every template of its release, each in the shapes that its tests queued; the calendar files are those
    of a registration of today."""
    registration = confirmed(make_event())
    mail.send_all_due()
    with transaction() as session:
        for number, row in enumerate(json.loads(file.read_text())):
            context = row["payload"]["context"]
            if "registration_id" in context:
                context["registration_id"] = registration.id
            session.add(
                Mail(
                    dedupe_key=f"kept {number}", to="anna@example.org", lang=lang, template=row["template"],
                    payload=json.dumps(row["payload"]), message_id=f"<{number}@portal.example>",
                )
            )  # fmt: skip
    mail.send_all_due()
    db.session.rollback()
    assert db.session.scalars(sa.select(Mail.template).where(Mail.state != MailState.SENT)).all() == []

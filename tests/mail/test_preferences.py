"""What a mailbox does not want is not sent to it, whoever queues it: asked when it is queued and again when it is sent."""

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import mail
from portal.features import FEATURES
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.mail import Frequency, Kind, Mail, MailState, Message, Reason, preferences, standing
from portal.mail.kinds import ESSENTIAL, OFFERED, optional_kinds
from portal.mail.preferences import How, MailPreference
from portal.words.vocabularies import vocabulary

READER = "Reader@Example.org"
WHO = "reader@example.org"


def queue(key: str = "one", to: str = READER, kind: Kind = Kind.TASKS, **changes: object) -> None:
    values: dict[str, object] = {
        "template": "accounts/mail/no_account", "to": to, "lang": "pl", "dedupe_key": key, "kind": kind,
        "links": {"sign_up": mail.Link("accounts.sign_up")},
    }  # fmt: skip
    with transaction():
        mail.queue(Message(**{**values, **changes}))  # type: ignore[arg-type]


def of(key: str = "one") -> Mail:
    db.session.rollback()
    return db.session.scalars(sa.select(Mail).where(Mail.dedupe_key == key)).one()


def never(kind: Kind = Kind.TASKS, who: str = WHO) -> None:
    with transaction():
        preferences.choose(who, {kind: Frequency.NEVER}, how=How.LINK)


def mark(who: str = WHO) -> None:
    with transaction():
        standing.note_report(who, is_hard=True, code="5.1.1")


def test_mail_that_is_not_wanted_says_so_and_is_not_sent(app: Flask, outbox) -> None:
    never()
    queue()
    assert (of().state, of().refusal, of().payload) == (MailState.UNWANTED, Reason.UNWANTED, None)
    assert outbox.deliver() == []


def test_choice_made_after_queueing_holds(app: Flask, outbox) -> None:
    queue()
    never()
    assert outbox.deliver() == []
    assert (of().state, of().refusal, of().payload) == (MailState.UNWANTED, Reason.UNWANTED, None)


def test_choice_is_of_one_kind_and_one_mailbox(app: Flask, outbox) -> None:
    never()
    queue("other kind", kind=Kind.INVITATION)
    queue("other mailbox", to="other@example.org")
    assert len(outbox.deliver()) == 2


def test_choice_can_be_taken_back(app: Flask, outbox) -> None:
    never()
    with transaction():
        preferences.choose(WHO, {Kind.TASKS: Frequency.IMMEDIATE}, how=How.ACCOUNT)
    queue()
    assert len(outbox.deliver()) == 1


def test_what_is_always_sent_cannot_be_chosen(app: Flask) -> None:
    for kind in ESSENTIAL:
        with pytest.raises(ValueError, match="always"), transaction():
            preferences.choose(WHO, {kind: Frequency.NEVER}, how=How.LINK)
    assert db.session.scalars(sa.select(MailPreference)).all() == []


def test_marked_mailbox_gets_mails_about_the_account_and_the_question_whose_it_is(app: Flask, outbox) -> None:
    mark()
    queue("account", kind=Kind.ACCOUNT)
    queue("place", kind=Kind.EVENT_CHANGE)
    queue("question", kind=Kind.EVENT_REGISTRATION, asks_address=True)
    assert len(outbox.deliver()) == 2
    assert (of("place").state, of("place").refusal) == (MailState.UNWANTED, Reason.BOUNCING)


def test_mark_made_after_queueing_holds(app: Flask, outbox) -> None:
    queue(kind=Kind.EVENT_CHANGE)
    mark()
    assert outbox.deliver() == []
    assert of().refusal == Reason.BOUNCING


def test_refusing_names_those_who_get_none_in_the_spelling_given(app: Flask) -> None:
    never()
    mark("marked@example.org")
    asked = [READER, "marked@example.org", "other@example.org"]
    assert preferences.refusing(Kind.TASKS, asked) == {READER, "marked@example.org"}
    assert preferences.refusing(Kind.INVITATION, asked) == {"marked@example.org"}
    assert preferences.refusing(Kind.ACCOUNT, asked) == set()


def test_many_mailboxes_are_asked_about_at_once(app: Flask, count_queries) -> None:
    never(who="m7@example.org")
    asked = [f"m{number}@example.org" for number in range(400)]
    with count_queries() as seen:
        assert preferences.refusing(Kind.TASKS, asked) == {"m7@example.org"}
    assert len(seen) <= 3, seen


def test_no_address_lies_in_the_table_of_choices(app: Flask) -> None:
    never()
    (row,) = db.session.execute(sa.select(MailPreference.__table__)).all()
    assert "example" not in str(row)
    assert db.session.scalars(sa.text("SELECT pepper FROM mailbox_pepper")).one().startswith("gAAAA"), "it lies sealed"


def test_lost_key_fails_no_use_case_and_sends_nothing_unasked(app: Flask, settings, outbox) -> None:
    never()
    settings(data_keys=("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",))
    queue()
    queue("place", kind=Kind.EVENT_CHANGE)
    assert len(outbox.deliver()) == 1
    assert of().state == MailState.QUEUED


def test_choices_come_along_to_another_address_and_hold_for_the_old_one(app: Flask) -> None:
    never()
    with transaction():
        preferences.follow(WHO, "new@example.org")
    assert preferences.refusing(Kind.TASKS, [WHO, "new@example.org"]) == {WHO, "new@example.org"}


def test_few_soft_reports_mark_nothing_and_old_ones_do_not_count(app: Flask, frozen_clock) -> None:
    def soft() -> bool:
        with transaction():
            return standing.note_report(WHO, is_hard=False, code="4.2.2")

    assert [soft(), soft()] == [False, False]
    frozen_clock.shift(days=91)
    assert [soft(), soft(), soft()] == [False, False, True]


def test_reports_are_forgotten_in_time(app: Flask, frozen_clock) -> None:
    mark()
    frozen_clock.shift(days=364)
    with transaction():
        assert standing.remove_old_reports() == 0
    frozen_clock.shift(days=2)
    with transaction():
        assert standing.remove_old_reports() == 1


def test_foot_stands_only_in_mails_that_one_can_do_without(app: Flask, outbox) -> None:
    queue("tasks")
    queue("account", kind=Kind.ACCOUNT)
    queue("place", kind=Kind.EVENT_REGISTRATION)
    tasks, account, place = outbox.deliver()
    assert tasks["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/account/mail/" in tasks["List-Unsubscribe"]
    assert any("/account/mail/" in path for path in outbox.paths(tasks))
    for other in (account, place):
        assert other["List-Unsubscribe"] is None
        assert "/account/mail/" not in outbox.text(other)


def test_failed_mail_is_sent_again_when_asked(app: Flask, outbox, frozen_clock) -> None:
    queue()
    with transaction() as session:
        row = session.scalars(sa.select(Mail)).one()
        row.state, row.tries, row.failure, row.refusal = MailState.FAILED, 13, "550 5.1.1", Reason.NO_SUCH_ADDRESS
    mail.send_again(of().id, by=PORTAL)
    assert (of().state, of().tries, of().failure, of().refusal) == (MailState.QUEUED, 0, None, None)
    assert len(outbox.deliver()) == 1


def test_codes_of_enums_and_vocabularies_are_the_same() -> None:
    for enum, name in ((Kind, "mail_kind"), (Frequency, "mail_frequency"), (Reason, "mail_refusal")):
        assert [str(one) for one in enum] == [term.code for term in vocabulary(name)]
    assert Frequency.WEEKLY not in OFFERED


def test_every_mail_is_of_a_kind_that_its_feature_declares(app: Flask) -> None:
    declared = {kind for feature in FEATURES for kind in feature.mail_kinds}
    assert set(optional_kinds()) == declared - ESSENTIAL


def test_old_release_queues_without_a_kind(app: Flask, outbox) -> None:
    """Its rows are of the kind that everybody gets."""
    queue()
    assert clock.now() - of().queued_at < dt.timedelta(minutes=1)
    column = Mail.__table__.c.kind
    assert column.server_default is not None
    assert str(column.server_default.arg) == Kind.ACCOUNT  # type: ignore[attr-defined]

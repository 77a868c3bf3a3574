"""Everything that must be true of what is stored: of the rooms that all features share, then of each feature."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import sqlalchemy as sa

from portal.declaration import declared
from portal.face import media
from portal.ground import audit, checks, clock
from portal.ground.audit import AuditEntry
from portal.ground.checks import Check, Fault
from portal.ground.db import Base, db
from portal.ground.links import LinkToken
from portal.ground.statements import in_batches
from portal.ground.statements import table as table_of
from portal.mail import MAILS, Mail, MailState
from portal.privacy import parts

BATCH = 1000  # rows that are read at once


def run(*, thorough: bool = True) -> Iterator[Fault]:
    """What is wrong, in the order of the checks."""
    return checks.run(every_check(thorough=thorough))


def every_check(*, thorough: bool = True) -> Sequence[Check]:
    """All of them; or without those that a test can do without after each step: see `Check.is_thorough`."""
    of_features = [check for feature in declared() for check in feature.checks()]
    of_rooms = [*_of_references(), *_of_states(), *_of_links(), *_of_mails(), *_of_files(), *_of_trail()]
    return [check for check in (*of_rooms, *of_features) if thorough or not check.is_thorough]


def _of_references() -> Iterator[Check]:
    """What names a row that is not there."""
    for model in _models():
        for key in table_of(model).foreign_key_constraints:
            parent = key.referred_table.alias()
            there = sa.exists().where(*(parent.c[part.column.key] == part.parent for part in key.elements))
            name = f"references.{model.__tablename__}.{'+'.join(key.column_keys)}"
            says = f"It names a row of {key.referred_table.name} that is not there."
            said = [part.parent.is_not(None) for part in key.elements]
            yield checks.rows(name, model, says, *said, ~there, is_thorough=True)


def _of_states() -> Iterator[Check]:
    """What is in a state that its table of steps does not have."""
    for table in (MAILS, *(table for feature in declared() for table in feature.states)):
        column = table_of(table.model).c[table.column]
        name = f"states.{column.table.name}.{column.key}"
        unknown = column.not_in(list(table.enum))
        yield checks.rows(name, table.model, "It is in a state that does not exist.", unknown, is_thorough=True)


def _of_links() -> Iterator[Check]:
    yield Check("links.without-subject", LinkToken.__tablename__, "A link still opens something that is gone.", _astray)


def _astray() -> Iterator[int]:
    """The links that could be used and whose subject is gone. What a subject is called is known from what is held of it."""
    models = {holding.links: holding.model for part in parts() for holding in part.holdings if holding.links}
    usable = (LinkToken.revoked_at.is_(None), LinkToken.expires_at > clock.now())
    query = sa.select(LinkToken.id, LinkToken.subject).where(*usable).order_by(LinkToken.id)
    for batch in in_batches(db.session.execute(query).all(), BATCH):
        named: dict[str, dict[int, list[int]]] = {}
        for number, subject in batch:
            word, _colon, of = subject.rpartition(":")
            if word in models and of.isdigit():
                named.setdefault(word, {}).setdefault(int(of), []).append(number)
        for word, subjects in named.items():
            (key,) = table_of(models[word]).primary_key
            there = set(db.session.scalars(sa.select(key).where(key.in_(subjects))))
            yield from sorted(number for of, numbers in subjects.items() if of not in there for number in numbers)


@cache
def _of_mails() -> Sequence[Check]:
    waits = Mail.state.in_((MailState.QUEUED, MailState.UNTOLD))
    return (
        checks.rows(
            "mail.without-payload", Mail, "A mail waits that nothing can be made of.", waits, Mail.payload.is_(None)
        ),
        checks.rows(
            "mail.without-time", Mail, "A mail was sent at no time.",
            Mail.state == MailState.SENT, Mail.sent_at.is_(None),
        ),
        checks.rows(
            "mail.kept-payload", Mail, "A mail is through and still keeps its words.",  # one that failed can be sent again
            Mail.state.not_in((MailState.QUEUED, MailState.FAILED, MailState.UNTOLD)), Mail.payload.is_not(None),
        ),
        checks.rows(
            "mail.without-address", Mail, "A mail goes to nobody, and nobody is to tell them.",
            Mail.to == "", Mail.state.not_in((MailState.UNTOLD, MailState.TOLD)),
        ),
    )  # fmt: skip


@cache
def _of_files() -> Sequence[Check]:
    used = [
        sa.exists().where(column == media.File.id)
        for model in _models()
        for column in table_of(model).columns
        if any(key.target_fullname == "file.id" for key in column.foreign_keys)
    ]
    table = media.File.__tablename__
    return (
        checks.rows("files.unused", media.File, "A picture belongs to nothing.", ~sa.or_(sa.false(), *used)),
        Check(
            "files.without-content", table, "A picture is not in the object store.", media.without_content,
            is_thorough=True,
        ),
        Check(
            "files.without-row", table, "The object store has had for two days what no row knows.",
            lambda: media.unused(older_than=dt.timedelta(days=2)), is_thorough=True,
        ),
    )  # fmt: skip


def _of_trail() -> Iterator[Check]:
    def broken() -> Iterable[int]:
        verdict = audit.verify()
        return [] if verdict.broken_at is None else [verdict.broken_at]

    yield Check("audit.chain", AuditEntry.__tablename__, "The chain of the audit trail breaks here.", broken)


def _models() -> Sequence[type[Base]]:
    return sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda model: table_of(model).name)

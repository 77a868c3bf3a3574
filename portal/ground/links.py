"""Links that carry a right: random, stored hashed, bound to one purpose and subject, revocable, expiring."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground import clock
from portal.ground.db import UNSEEN, Model, UtcDateTime, db
from portal.ground.statements import changed_rows, table

KEPT = dt.timedelta(days=30)  # how long a dead link is kept, so that it can say that it has ended


class LinkToken(Model):
    """The hash of a token that was sent to somebody."""

    __tablename__ = "link_token"
    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(sa.String(40))
    subject: Mapped[str] = mapped_column(sa.String(120))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (sa.Index("ix_link_token_purpose_subject", "purpose", "subject"), UNSEEN)

    @property
    def subject_id(self) -> int:
        """The number behind the colon of subjects such as `registration:12`."""
        return int(self.subject.rpartition(":")[2])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def issue(purpose: str, subject: str, lifetime: dt.timedelta, *, single: bool = False) -> str:
    """Make a token (inside a transaction) and return it; only its hash stays. `single` revokes the earlier ones."""
    if single:
        revoke(purpose, subject)
    token = secrets.token_urlsafe(32)
    new = {"purpose": purpose, "subject": subject, "token_hash": _hash(token), "expires_at": clock.now() + lifetime}
    db.session.execute(_NEW, new)
    return token


_NEW = sa.insert(table(LinkToken))


def find(purpose: str, token: str) -> LinkToken | None:
    """The valid link behind a token, or None if it is unknown, expired, revoked or for another purpose."""
    if len(token) > 100:
        return None
    return db.session.scalar(_VALID, {"hash": _hash(token), "purpose": purpose, "now": clock.now()})


_VALID = sa.select(LinkToken).where(
    LinkToken.token_hash == sa.bindparam("hash"),
    LinkToken.purpose == sa.bindparam("purpose"),
    LinkToken.revoked_at.is_(None),
    LinkToken.expires_at > sa.bindparam("now", type_=UtcDateTime),
)


def was_issued(purpose: str, token: str) -> bool:
    """Was there such a link, though it may have ended? Known for as long as it could have lived, and `KEPT` longer."""
    return issued(purpose, token) is not None


def issued(purpose: str, token: str) -> LinkToken | None:
    """The link behind a token, also one that has ended: what it was for can be said, and nothing be done with it."""
    if len(token) > 100:
        return None
    return db.session.scalar(_ISSUED, {"hash": _hash(token), "purpose": purpose})


_ISSUED = sa.select(LinkToken).where(
    LinkToken.token_hash == sa.bindparam("hash"), LinkToken.purpose == sa.bindparam("purpose")
)


def valid_since(purpose: str, subject: str) -> dt.datetime | None:
    """Since when somebody can hold a valid link of this purpose for this subject: the latest counts. None: nobody can."""
    return db.session.scalar(
        sa.select(LinkToken.created_at)
        .where(
            LinkToken.purpose == purpose, LinkToken.subject == subject, LinkToken.revoked_at.is_(None),
            LinkToken.expires_at > clock.now(),
        )
        .order_by(LinkToken.id.desc())
        .limit(1)
    )  # fmt: skip


def revoke(purpose: str, subject: str) -> None:
    """End every link of this purpose for this subject (inside a transaction)."""
    db.session.execute(
        sa.update(LinkToken)
        .where(LinkToken.purpose == purpose, LinkToken.subject == subject, LinkToken.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )


def revoke_all(subjects: Collection[str]) -> None:
    """End every link for these subjects, whatever it is for (inside a transaction)."""
    db.session.execute(
        sa.update(LinkToken)
        .where(LinkToken.subject.in_(subjects), LinkToken.revoked_at.is_(None))
        .values(revoked_at=clock.now()),
        execution_options={"synchronize_session": False},
    )


def remove_expired(before: dt.datetime) -> int:
    """Delete tokens that ended before a moment; returns how many (inside a transaction)."""
    return changed_rows(db.session, sa.delete(LinkToken).where(LinkToken.expires_at < before))

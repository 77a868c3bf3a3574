"""What became of an account that nobody uses, and of its mails."""

import sqlalchemy as sa

from portal.accounts.models import Account, UnusedAccount
from portal.ground.db import db
from tests.fixtures.pages import Outbox


def subjects(outbox: Outbox) -> list[tuple[str, str]]:
    """(to whom, subject) of what arrives now."""
    return sorted((str(one["To"]), str(one["Subject"])) for one in outbox.deliver())


def there(person_id: int) -> bool:
    db.session.rollback()
    return db.session.scalar(sa.select(Account.id).where(Account.person_id == person_id)) is not None


def row_of(person_id: int) -> UnusedAccount | None:
    db.session.rollback()
    own = sa.select(UnusedAccount).join(Account, Account.id == UnusedAccount.account_id)
    return db.session.scalar(own.where(Account.person_id == person_id))

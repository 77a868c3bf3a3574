"""What must be true of people, their accounts and their roles."""

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from portal.accounts.models import Account, Person, PortalRole, UnusedAccount
from portal.accounts.roles import RoleRow
from portal.ground.checks import Check, rows, select
from portal.ground.db import Base


def of_roles(name: str, model: type[Base], scope: InstrumentedAttribute[int] | None = None) -> list[Check]:
    """What must be true of the roles of a kind: nobody has the same one twice, in one `scope`, nor after leaving."""
    assert issubclass(model, RoleRow)
    held = (*(() if scope is None else (scope,)), model.person_id, model.role)
    twice = (
        sa.select(sa.func.max(model.__table__.c.id)).where(model.is_open).group_by(*held).having(sa.func.count() > 1)
    )
    left = sa.exists().where(Person.id == model.person_id, Person.name == "")
    return [
        select(f"{name}.held-twice", model, "Somebody has the same role twice.", twice),
        rows(
            f"{name}.held-by-nobody",
            model,
            "Somebody who has left has a role that is open.",
            model.ended_at.is_(None),
            left,
        ),
    ]


@cache
def checks() -> Sequence[Check]:
    return (
        *of_roles("accounts.role", PortalRole),
        rows(
            "accounts.address-of-shell", Person, "Somebody who has left still has an address.",
            Person.name == "", Person.email.is_not(None),
        ),
        rows(
            "accounts.address-apart", Account, "An account has another address than its person.",
            sa.exists().where(Person.id == Account.person_id, Person.email.is_distinct_from(Account.email)),
        ),
        rows(
            "accounts.warned-too-fast", UnusedAccount, "An unused account ends sooner after a warning than was promised.",
            UnusedAccount.warned_again_at.is_not(None), UnusedAccount.warned_again_at < UnusedAccount.warned_at,
        ),
        rows(
            "accounts.step-without-secret", Account, "A second step is on without its secret: nobody can sign in.",
            Account.totp_since.is_not(None), Account.__table__.c.totp_secret.is_(None),
        ),
    )  # fmt: skip

"""Accounts that nobody uses and that cannot be deleted, because somebody else is needed first."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, url_for

from portal import privacy
from portal.accounts import queries
from portal.accounts.models import Account, Person, UnusedAccount
from portal.accounts.policies import Permission, is_administrator
from portal.accounts.views.blueprint import bp
from portal.declaration import PanelCount
from portal.face.web import Pagination, page, private
from portal.ground.authz import requires
from portal.privacy import Note
from portal.words.i18n import _np

PAGE = 10  # what stands in the way is asked of every feature, for each of them


@dataclass(frozen=True, slots=True)
class Held:
    """One line of the list: whose account it is, how long nobody has used it, and what has to be done first."""

    account: Account
    row: UnusedAccount
    obstacles: Sequence[Note]


def waiting(person: Person) -> PanelCount:
    """Beside what else waits for the portal team."""
    number = queries.number_of_held_accounts() if is_administrator(person) else 0
    words = _np("count", "unused account that has to stay", "unused accounts that have to stay", number)
    return PanelCount(number, words, url_for("accounts.unused"))


@bp.get("/team/unused")
@requires(Permission.MANAGE_TEAM)
def unused() -> Response:
    """Whom to help out, so that an account that nobody uses can go."""
    private()
    pages = Pagination.of_request(queries.number_of_held_accounts(), PAGE)
    held = [
        Held(account, row, privacy.farewell(queries.subject(account.person)).obstacles)
        for account, row in queries.held_accounts(offset=pages.offset, limit=pages.size)
    ]
    return page("accounts/unused.html", held=held, pages=pages)

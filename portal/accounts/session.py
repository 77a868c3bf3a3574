"""Signing in and staying signed in: the cookie names the account and carries the number of a session that ends.

Flask-Login keeps the account for the request, and nothing of it on a public page.
"""

import datetime as dt

from flask import Flask, g, request, session
from flask_login import LoginManager, current_user, login_user, logout_user

from portal.accounts import queries, services
from portal.accounts.devices import device_of
from portal.accounts.models import Account, Person
from portal.ground import clock
from portal.ground.authz import NotAllowed, current_actor, forget_person
from portal.ground.config import Config

FRESH = dt.timedelta(
    minutes=15
)  # so long after the password was typed may it, the address or the second step be changed
GRACE = dt.timedelta(minutes=30)  # and so long may a form take that was opened in time

SELDOM = dt.timedelta(minutes=5)  # so exactly is it known when somebody was last here: not every page writes

# Names in the cookie, those of time as 0.1.0 wrote them: seconds since 1970.
NUMBER = "number"
TYPED_AT = "fs_paa"
GRACE_ENDS = "fs_gexp"


def init_accounts(app: Flask, config: Config) -> None:
    """Attach Flask-Login."""
    login = LoginManager()
    login.user_loader(_active_account)
    login.anonymous_user = lambda: None
    login.session_protection = (
        None  # a phone changes its address all day; what is sensitive asks for the password again
    )
    # Not by `init_app`: its hook for a cookie that we do not set would open the session after every page.
    app.login_manager = login  # type: ignore[attr-defined]


def _active_account(uniquifier: str) -> Account | None:
    """The account of a cookie whose session has not ended. A name alone, as another cookie may carry it, opens nothing."""
    found = queries.account_of_session(uniquifier, session.get(NUMBER, ""))
    if found is None or not found[0].active:
        return None
    account, opened = found
    g.session_id = opened.id
    if abs(clock.now() - opened.seen_at) >= SELDOM:
        services.note_seen(opened.id, account)
    return account


def load_person() -> Person | None:
    """The person whose session this request carries, with one query; None without a valid one."""
    account = current_account()
    return account.person if account else None


def current_person() -> Person | None:
    """The person who is signed in, or None: a visitor. Every feature asks here."""
    found = current_actor()
    assert found is None or isinstance(found, Person)
    return found


def signed_in_person() -> Person:
    """The same under a mark of access that lets nobody in without signing in. Raises NotAllowed for a visitor."""
    found = current_person()
    if found is None:
        raise NotAllowed
    return found


def current_account() -> Account | None:
    """The account that is signed in."""
    account = current_user._get_current_object()
    assert account is None or isinstance(account, Account)
    return account


def current_session_id() -> int | None:
    """The number of the row of this browser's session."""
    return g.get("session_id") if current_account() else None


def begin(account: Account, *, stay: bool, tell: bool = False) -> None:
    """Sign in. Whatever the session held before is gone, so nobody can have prepared it. `stay` keeps it for 14 days, with
    `tell` the owner hears of a new kind of browser.

    Raises a Refusal when the account has changed since it was read.
    """
    number = services.open_session(account, stay=stay, device=device_of(request.user_agent.string), tell=tell)
    session.clear()
    login_user(account)
    session[NUMBER] = number
    session[TYPED_AT] = clock.now().timestamp()
    session.permanent = stay
    forget_person()


def end() -> None:
    """Sign out, also from an account that is no more. Whoever has copied the cookie is out, too."""
    if NUMBER in session:
        services.end_session(session[NUMBER])
    logout_user()
    session.clear()
    forget_person()


def renew(account: Account) -> None:
    """Go on in this browser after all sessions of the account have been ended."""
    begin(account, stay=session.permanent)


def freshen() -> None:
    """The password has just been typed again."""
    session[TYPED_AT] = clock.now().timestamp()
    session.pop(GRACE_ENDS, None)
    g.session_begun = True


def is_fresh() -> bool:
    """Was the password typed a short while ago? Each yes lets the form that follows take its time."""
    now = clock.now().timestamp()
    if current_account() is None or not _is_fresh(now, session.get(TYPED_AT), session.get(GRACE_ENDS)):
        return False
    session[GRACE_ENDS] = int(now + GRACE.total_seconds())
    return True


def _is_fresh(now: float, typed_at: float | None, grace_ends: float | None) -> bool:
    if typed_at is None:
        return False
    # Neither lies in a future that we never write: a clock that was wrong opens nothing for long.
    in_grace = grace_ends is not None and now < grace_ends <= now + GRACE.total_seconds()
    return in_grace or abs(now - typed_at) < FRESH.total_seconds()

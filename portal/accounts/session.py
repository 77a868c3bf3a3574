"""Signing in and staying signed in: Flask-Security on Flask-Login, without any view or template of theirs."""

import datetime as dt
import time
from typing import Any, cast

from flask import Flask, g, session
from flask_login import current_user
from flask_security import Security, UserDatastore
from flask_security.utils import check_and_update_authn_fresh, login_user, logout_user

from portal.accounts import queries
from portal.accounts.models import Account, Person
from portal.ground.authz import forget_person
from portal.ground.config import Config

FRESH = dt.timedelta(
    minutes=15
)  # so long after the password was typed may it, the address or the second step be changed
GRACE = dt.timedelta(minutes=30)  # and so long may a form take that was opened in time

SETTINGS: dict[str, Any] = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},  # no second secret that passwords would depend on
    "SECURITY_REGISTERABLE": False,
    "SECURITY_CONFIRMABLE": False,
    "SECURITY_RECOVERABLE": False,
    "SECURITY_CHANGE_EMAIL": False,
    "SECURITY_CHANGEABLE": False,
    "SECURITY_TRACKABLE": False,
    "SECURITY_TWO_FACTOR": False,  # its views write where they read; portal.accounts.second_step does it
    "SECURITY_ANONYMOUS_USER_DISABLED": True,
    "SECURITY_FLASH_MESSAGES": False,
    "SECURITY_CLI_USERS_NAME": False,
    "SECURITY_CLI_ROLES_NAME": False,
    "SESSION_PROTECTION": None,  # a phone changes its address all day; what is sensitive asks for the password again
}


class AccountStore(UserDatastore):
    """What Flask-Security may know of our tables: how to find the account that a session names."""

    def __init__(self) -> None:
        self.user_model: Any = Account

    def find_user(self, *, fs_uniquifier: str, **_others: Any) -> Any:  # type: ignore[override]
        return queries.account_of_session(fs_uniquifier)


def init_accounts(app: Flask, config: Config) -> None:
    """Attach Flask-Security."""
    app.config.update(SETTINGS)
    security = Security()
    security.init_app(app, AccountStore(), register_blueprint=False)
    _without_unused_hooks(app, security)


def _without_unused_hooks(app: Flask, security: Any) -> None:
    """Leave out what would open the session on every page: roles, `current_user` in templates, cookies and tokens."""
    login = security.login_manager
    app.before_request_funcs[None].remove(security.principal._on_before_request)
    app.after_request_funcs[None].remove(login._update_remember_cookie)
    processors = app.template_context_processors[None]
    processors[:] = [found for found in processors if found.__module__ != "flask_login.utils"]
    login._request_callback = None


def load_person() -> Person | None:
    """The person whose session this request carries, with one query; None without a valid one."""
    account = current_account()
    return account.person if account else None


def current_account() -> Account | None:
    """The account that is signed in."""
    account: Account | None = current_user._get_current_object()
    return account


def begin(account: Account, *, stay: bool, via: str) -> None:
    """Sign in. Whatever the session held before is gone, so nobody can have prepared it. `stay` keeps it for 14 days."""
    session.clear()
    login_user(cast(Any, account), remember=False, authn_via=[via])
    session.permanent = stay
    forget_person()


def end() -> None:
    """Sign out."""
    logout_user()
    session.clear()
    forget_person()


def abandon() -> None:
    """The account of this session is no more, so there is nobody to sign out."""
    session.clear()
    g.pop("_login_user", None)  # where Flask-Login keeps whom it has loaded
    forget_person()


def renew(account: Account) -> None:
    """Go on in this browser after all sessions of the account have been ended."""
    begin(account, stay=session.permanent, via="password")


def freshen() -> None:
    """The password has just been typed again."""
    session["fs_paa"] = time.time()
    session.pop("fs_gexp", None)
    g.session_begun = True


def is_fresh() -> bool:
    """Was the password typed a short while ago?"""
    return current_account() is not None and bool(check_and_update_authn_fresh(FRESH, GRACE))

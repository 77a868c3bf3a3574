"""Signing in without the form: the session is written as signing in writes it."""

from typing import Any

from flask.testing import FlaskClient

from portal.accounts import queries, services
from portal.accounts.session import NUMBER
from portal.ground import clock


def sign_in(client: FlaskClient, person: Any) -> None:
    """Make this client the browser of a person who has just signed in. The person needs an account."""
    account = queries.account_of(person)
    assert account is not None, f"{person!r} has no account to sign in with"
    number = services.open_session(account, stay=True, device="Firefox, Linux")
    with client.session_transaction() as session:
        session["_user_id"] = account.fs_uniquifier
        session["_fresh"] = True
        session[NUMBER] = number
        session["fs_paa"] = clock.now().timestamp()

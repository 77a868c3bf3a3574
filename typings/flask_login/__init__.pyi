"""What the portal uses of Flask-Login, which has no types of its own: see portal/accounts/session.py."""

from collections.abc import Callable
from typing import TypeVar

from werkzeug.local import LocalProxy

Loader = TypeVar("Loader", bound=Callable[[str], object])

class LoginManager:
    anonymous_user: Callable[[], object]
    session_protection: str | None
    def user_loader(self, callback: Loader) -> Loader: ...

current_user: LocalProxy[object]

def login_user(user: object) -> bool: ...
def logout_user() -> bool: ...

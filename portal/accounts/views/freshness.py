"""Before something that matters: has the password been typed a short while ago?"""

import functools
from collections.abc import Callable
from typing import Any

from flask import Response, request, url_for

from portal.accounts.session import is_fresh
from portal.core.web import redirect_to

View = Callable[..., Any]


def fresh(view: View) -> View:
    """Ask for the password again when it was typed a while ago, then come back to this page. Stands under the mark."""

    @functools.wraps(view)
    def guarded(**url_args: Any) -> Any:
        return view(**url_args) if is_fresh() else _ask(url_args)

    return guarded


def _ask(url_args: dict[str, Any]) -> Response:
    return redirect_to("accounts.verify", next=url_for(str(request.endpoint), **url_args))

"""Before something that matters: has the password been typed a short while ago?"""

import functools
from collections.abc import Callable

from flask import request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.session import is_fresh
from portal.face.web import redirect_to

View = Callable[..., ResponseReturnValue]


def fresh(view: View) -> View:
    """Ask for the password again when it was typed a while ago, then come back. Stands under the mark."""
    return fresh_or()(view)


def fresh_or(back: str | None = None) -> Callable[[View], View]:
    """The same for an address that only takes a form: `back` is the page to come back to."""

    def guard(view: View) -> View:
        @functools.wraps(view)
        def guarded(*args: object, **url_args: object) -> ResponseReturnValue:
            if is_fresh():
                return view(*args, **url_args)
            page = url_for(back) if back else url_for(str(request.endpoint), **(request.view_args or {}))
            return redirect_to("accounts.verify", next=page)

        return guarded

    return guard

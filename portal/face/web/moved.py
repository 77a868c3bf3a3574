"""Things that have another name now: the address of before, and every one below it, lead on to that of today."""

from collections.abc import Callable, Mapping

from flask import Flask, Response, make_response, redirect, request, url_for

from portal.ground.appvar import AppVar

# How addresses begin in which the name of such a thing stands (`/organisations/<slug:slug>`), and what gives the name of
# today for one of before: None when there is none, or when whoever asks may not know of the thing.
Moves = Mapping[str, Callable[[str], str | None]]
_MOVES: AppVar[Moves] = AppVar("moves")


def join_moves(app: Flask, *tables: Moves) -> None:
    """Keep the moves of all features; two for one beginning do not start."""
    joined: dict[str, Callable[[str], str | None]] = {}
    for table in tables:
        for beginning, name_of_today in table.items():
            if beginning in joined:
                raise RuntimeError(f"Moved twice: {beginning}")
            joined[beginning] = name_of_today
    _MOVES.set(app, joined)


def led_on() -> Response | None:
    """The way from an address of before, for one at which nothing was found and that is read; None when it is none.

    The answer is for good (301), and asked again all the same, because a name can come back.
    """
    address = _address_of_today() if request.method in ("GET", "HEAD") else None
    if address is None:
        return None
    response = make_response(redirect(address, 301))
    response.headers["Cache-Control"] = "no-cache"
    return response


def sent_to() -> str | None:
    """Where the form that was sent to an address of before is today, or None.

    It is not sent on by itself: a name can be somebody else's by now, so whoever wrote looks at the form first.
    """
    return _address_of_today() if request.method == "POST" else None


def _address_of_today() -> str | None:
    if request.url_rule is None or request.endpoint is None:
        return None
    for beginning, name_of_today in _MOVES.get().items():
        values = dict(request.view_args or {})
        if beginning in request.url_rule.rule and (name := name_of_today(str(values["slug"]))):
            address = url_for(request.endpoint, **{**values, "slug": name})
            query = request.query_string.decode("ascii", "ignore")
            return f"{address}?{query}" if query else address
    return None

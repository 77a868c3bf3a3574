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
    """The way from an address of before, for one at which nothing was found; None when it is none.

    For reading only: what was typed into a form goes to no other thing than the one that was shown. The answer is for good
    (301), and asked again all the same, because a name can come back.
    """
    if request.method not in ("GET", "HEAD") or request.url_rule is None or request.endpoint is None:
        return None
    for beginning, name_of_today in _MOVES.get().items():
        values = dict(request.view_args or {})
        if beginning in request.url_rule.rule and (name := name_of_today(str(values["slug"]))):
            address = url_for(request.endpoint, **{**values, "slug": name})
            query = request.query_string.decode("ascii", "ignore")
            response = make_response(redirect(f"{address}?{query}" if query else address, 301))
            response.headers["Cache-Control"] = "no-cache"
            return response
    return None

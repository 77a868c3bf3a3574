"""The page that somebody wanted when an account was asked for: it opens once they are in, however long the way is."""

from flask import Response, make_response, redirect, request, session, url_for

from portal.face.web import is_safe_path

LONGEST = 500  # characters of an address that is carried along; the longest of the portal's own have half of it


def asked() -> str | None:
    """The page that the address of this one names, if it is one of the portal."""
    return _own_page(request.args.get("next"))


def wanted() -> str | None:
    """The same, or what this browser wanted when it went to ask for an account or for another password."""
    return asked() or _own_page(session.get("wanted"))


def keep_wanted(page: str | None) -> None:
    """Remember in this browser what is wanted: the way goes through a mail now."""
    session.pop("wanted", None)
    if page:
        session["wanted"] = page


def onward(page: str | None) -> Response:
    """There, or to the own account."""
    return make_response(redirect(_own_page(page) or url_for("accounts.home"), 303))


def _own_page(page: str | None) -> str | None:
    return page if page and len(page) <= LONGEST and is_safe_path(page) else None

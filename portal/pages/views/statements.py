"""What the portal says about itself."""

import datetime as dt
from email.utils import parseaddr

from flask import Response

from portal.face.web import page
from portal.ground.authz import public
from portal.ground.config import CONFIG
from portal.pages import queries
from portal.pages.views.blueprint import bp
from portal.privacy import kept

STATEMENT_DAY = dt.date(2026, 11, 21)  # when the accessibility statement was last gone through


@bp.get("/about")
@public
def about() -> Response:
    return page("pages/about.html", address=portal_address(), operator=queries.operator())


@bp.get("/privacy")
@public
def privacy() -> Response:
    return page("pages/privacy.html", address=portal_address(), operator=queries.operator(), kept=kept())


@bp.get("/accessibility")
@public
def accessibility() -> Response:
    base_url: str = CONFIG.get().base_url
    return page(
        "pages/accessibility.html", address=portal_address(), base_url=base_url, day=STATEMENT_DAY,
        operator=queries.operator(),
    )  # fmt: skip


def portal_address() -> str:
    """Where the portal team reads its mail."""
    return parseaddr(CONFIG.get().mail_from)[1]

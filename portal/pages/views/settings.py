"""What a reader chose in the panel that stands on every page."""

import datetime as dt

from flask import Response, make_response, redirect, request, url_for

from portal.face import access, look
from portal.face.web.addresses import is_safe_path
from portal.ground import cookies
from portal.ground.authz import public
from portal.pages.views.blueprint import bp
from portal.words.i18n import current_language
from portal.words.i18n.language import COOKIE

YEAR = dt.timedelta(days=365)


@bp.post("/settings")
@public
def access_settings() -> Response:
    """Keep the settings in the reader's cookie and go back. There is no token on public pages: that the request comes
    from a page of ours is checked for every POST, and nothing but the look changes."""
    form = request.form
    chosen = access.chosen(form.get("theme", ""), form.get("text", ""), form.getlist("set"))
    back = form.get("back", "")
    response = make_response(redirect(back if is_safe_path(back) else url_for("pages.home"), 303))
    look.remember_access(response, access.DEFAULT if "clear" in form else chosen)
    cookies.keep(response, COOKIE, current_language(), lifetime=YEAR)
    return response

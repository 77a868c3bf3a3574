"""What somebody pastes into the visual editor, read for its meaning before the editor sees it.

The editor drops the lists and tables of office programs, because it reads the clipboard by itself. So editor.js asks here
first; nothing is kept, and when there is no answer the editor reads the clipboard as before.
"""

from flask import Response, make_response

from portal.accounts.session import signed_in_person
from portal.face.web import private
from portal.face.web.client import client_ip
from portal.ground import limits
from portal.ground.authz import signed_in
from portal.pages.forms import PastedForm
from portal.pages.views.blueprint import bp
from portal.words import richtext


@bp.post("/pasted")
@signed_in
def pasted() -> Response:
    """The HTML that would be stored for the one that was sent, as plain text; 413 and 422 for what no text may be."""
    private()
    form = PastedForm()
    if form.validate_on_submit():
        with form.refusals():
            limits.check("paste", address=signed_in_person().email, ip=client_ip())
            return _said(richtext.clean(form.html.data, field="html"), 200)
    return _said("", form.status)


def _said(html: str, status: int) -> Response:
    """Never as HTML: an answer that repeats what was sent is no page."""
    response = make_response(html, status)
    response.mimetype = "text/plain"
    return response

"""One form on a page of its own: what it is about, what follows, the fields, the button."""

from collections.abc import Sequence

from flask import Response

from portal.face.forms import Form
from portal.face.web import page
from portal.face.web.answers import private
from portal.organisations.models import Organisation


def act_page(
    organisation: Organisation, form: Form, heading: str, sentences: Sequence[str], button: str, *, back: str,
    hints: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    """The page of a form. `hints` stand under the labels, by field; `back` leads away without a change."""
    private()
    return page(
        "trust/act.html", organisation=organisation, form=form, heading=heading, sentences=sentences, button=button,
        back=back, hints=hints or {},
    )  # fmt: skip

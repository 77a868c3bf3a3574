"""A paper as the answer of a view."""

from flask import Response

from portal.face.pdf import Paper, pdf_of
from portal.words.i18n import current_language
from portal.words.tables import file_name

PDF = "application/pdf"


def paper_file(paper: Paper, *name: str) -> Response:
    """The paper as a file to keep, in the language of the page; its name is made of these words.

    Whether others may keep it is said by the view.
    """
    response = Response(pdf_of(paper), mimetype=PDF)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(*name, ending="pdf")}"'
    response.headers["Content-Language"] = current_language()
    return response

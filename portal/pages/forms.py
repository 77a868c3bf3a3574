"""The shape of input about the portal itself."""

from portal.face.forms import Form, TextArea, Versioned, required
from portal.pages.fields import OPERATOR


class OperatorForm(Versioned):
    """Who runs the portal."""

    fields = OPERATOR


class PastedForm(Form):
    """The HTML of a clipboard; how long it may be is said by what cleans it."""

    html = TextArea(validators=[required()])

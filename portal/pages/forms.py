"""The shape of input about the portal itself."""

from portal.face.forms import Versioned
from portal.pages.fields import OPERATOR


class OperatorForm(Versioned):
    """Who runs the portal."""

    fields = OPERATOR

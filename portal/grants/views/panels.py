"""What micro-grants show a person on their own page."""

from flask import url_for

from portal.accounts.models import Person
from portal.declaration import Panel, PanelLink
from portal.grants.policies import may_see_operators
from portal.words.i18n import _


def home_panel(person: Person) -> Panel | None:
    """The way to who gives micro-grants, for the portal team."""
    if not may_see_operators(person):
        return None
    return Panel(_("Micro-grants"), [PanelLink(_("Operators of micro-grants"), url_for("grants.index_of_operators"))])

"""Home, search, the reader's settings, the statements, and what programs read of the whole portal."""

from portal.pages.views import finding, home, machines, operator, pasting, settings, statements
from portal.pages.views.blueprint import bp, programs
from portal.pages.views.operator import home_panel

__all__ = [
    "bp",
    "finding",
    "home",
    "home_panel",
    "machines",
    "operator",
    "pasting",
    "programs",
    "settings",
    "statements",
]

"""Home, search, the reader's settings, the statements, and what programs read of the whole portal."""

from portal.pages.views import finding, home, machines, settings, statements
from portal.pages.views.blueprint import bp, programs

__all__ = ["bp", "finding", "home", "machines", "programs", "settings", "statements"]

"""The pages of lists that are brought in."""

from portal.imports.views import bringing, watching
from portal.imports.views.blueprint import bp
from portal.imports.views.bringing import home_panel
from portal.imports.views.watching import page_of_task, told

__all__ = ["bp", "bringing", "home_panel", "page_of_task", "told", "watching"]

"""The pages of events: what everybody sees, and the workbench of the coordination."""

from portal.events.views import manage, places, public, sessions, translations
from portal.events.views.blueprint import bp
from portal.events.views.manage import home_panel

__all__ = ["bp", "home_panel", "manage", "places", "public", "sessions", "translations"]

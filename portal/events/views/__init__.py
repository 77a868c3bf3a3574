"""The pages of events: what everybody sees, and the workbench of the coordination."""

from portal.events.views import manage, places, public, sessions, translations
from portal.events.views.blueprint import bp

__all__ = ["bp", "manage", "places", "public", "sessions", "translations"]

"""Who gives micro-grants."""

from portal.grants.views import operators
from portal.grants.views.blueprint import bp
from portal.grants.views.panels import home_panel
from portal.grants.views.profile import on_profile

__all__ = ["bp", "home_panel", "on_profile", "operators"]

"""Calls for micro-grants: for everybody, and for those who give them."""

from portal.grants.views import calls, extensions, operators, programmes, public
from portal.grants.views.blueprint import bp
from portal.grants.views.panels import home_panel
from portal.grants.views.profile import on_profile

__all__ = ["bp", "calls", "extensions", "home_panel", "on_profile", "operators", "programmes", "public"]

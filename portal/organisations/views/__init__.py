"""The pages of organisations."""

from portal.organisations.views import directory, people, profile, state
from portal.organisations.views.blueprint import bp
from portal.organisations.views.directory import slug_of_today
from portal.organisations.views.people import home_panel

__all__ = ["bp", "directory", "home_panel", "people", "profile", "slug_of_today", "state"]

"""The pages of events: what everybody sees, and the workbench of their teams."""

from portal.events.views import (
    calendars,
    listing,
    manage,
    places,
    public,
    questions,
    sessions,
    team,
    translations,
    workbench,
)
from portal.events.views.blueprint import bp
from portal.events.views.manage import home_panel

__all__ = [
    "bp",
    "calendars",
    "home_panel",
    "listing",
    "manage",
    "places",
    "public",
    "questions",
    "sessions",
    "team",
    "translations",
    "workbench",
]

"""The pages of organisations."""

from portal.organisations.views import (
    areas,
    contacts,
    directory,
    entries,
    history,
    maps,
    names,
    open_data,
    people,
    profile,
    sharing,
    state,
)
from portal.organisations.views.blueprint import bp, files
from portal.organisations.views.directory import slug_of_today
from portal.organisations.views.parts import profile_parts
from portal.organisations.views.people import home_panel

__all__ = [
    "areas",
    "bp",
    "contacts",
    "directory",
    "entries",
    "files",
    "history",
    "home_panel",
    "maps",
    "names",
    "open_data",
    "people",
    "profile",
    "profile_parts",
    "sharing",
    "slug_of_today",
    "state",
]

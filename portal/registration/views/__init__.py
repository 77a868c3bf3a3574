"""The pages of registration: the form, what stands behind the links of its mails, and the list for those who run it."""

from portal.registration.views import (
    calls,
    choosing,
    coming,
    delegation_staff,
    delegations,
    desk,
    feeds,
    handing_over,
    letters,
    lists,
    naming,
    needs,
    own,
    people,
    person,
    public,
    reminders,
    requests,
    reserves,
    retention,
    staff,
    together,
)
from portal.registration.views.blueprint import bp
from portal.registration.views.public import home_panel
from portal.registration.views.retention import team_panel

__all__ = [
    "bp", "calls", "choosing", "coming", "delegation_staff", "delegations", "desk", "feeds", "handing_over",
    "home_panel", "letters", "lists", "naming", "needs", "own", "people", "person", "public", "reminders", "requests",
    "reserves", "retention", "staff", "team_panel", "together",
]  # fmt: skip

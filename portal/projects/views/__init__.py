"""The pages of projects: the card that everybody reads, and the workbench of those who look after it."""

from portal.projects.views import (
    advice,
    documents,
    evidence,
    feeds,
    history,
    library,
    listing,
    partners,
    pictures,
    practices,
    public,
    record_tables,
    records,
    writing,
)
from portal.projects.views.blueprint import bp
from portal.projects.views.panels import home_panel

__all__ = [
    "advice",
    "bp",
    "documents",
    "evidence",
    "feeds",
    "history",
    "home_panel",
    "library",
    "listing",
    "partners",
    "pictures",
    "practices",
    "public",
    "record_tables",
    "records",
    "writing",
]

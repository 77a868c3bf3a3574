"""The records behind the figures of a card as a table for everybody: what its pages show, and nothing else."""

from collections.abc import Iterator

from portal.impact import queries
from portal.impact.indicators import FEW
from portal.projects.models import Project
from portal.words.i18n import _
from portal.words.tables import Cell, Column, Sheet
from portal.words.vocabularies import label


def records_table(project: Project) -> Sheet:
    """Every record that is counted, the first day first, in the language of the moment."""
    columns = [
        Column(_("Day"), _("The day on which it took place."), width=12),
        Column(_("Kind of activity"), _("What was done, by a list that is the same for all projects.")),
        Column(_("What it was about"), _("The title, in the language in which it was written down."), width=40),
        Column(_("Language"), _("The language of the title."), width=10),
        Column(_("Place"), _("The place, as it was written down.")),
        Column(_("Minutes"), _("Without breaks. They are added up and rounded once, at the end."), width=10),
        Column(_("Organisations"), _("How many organisations, groups and local governments took part."), width=12),
        Column(_("People (estimate)"), _("Empty where nobody counted, or where they were fewer than 5."), width=12),
    ]
    return Sheet(project.title.shown().text, columns, _rows(project))


def _rows(project: Project) -> Iterator[list[Cell]]:
    for record, parties in queries.all_counted(project.id):
        title = record.title.shown()
        yield [
            record.day, label("project_activity", record.activity), title.text, title.lang, record.place,
            record.minutes or None, parties, record.people if record.people and record.people >= FEW else None,
        ]  # fmt: skip

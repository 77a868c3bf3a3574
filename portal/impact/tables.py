"""Figures as tables: the records behind those of a card, totals, frames of funders, and what an organisation received."""

from collections.abc import Iterable, Iterator

from portal.impact import queries, words
from portal.impact.models import Frame
from portal.organisations.models import Organisation
from portal.projects.models import Project
from portal.words.i18n import Localized, _
from portal.words.tables import Cell, Column, Sheet
from portal.words.vocabularies import label


def records_table(project: Project) -> Sheet:
    """Every record that is counted, the first day first, in the language of the moment: what the pages of the card show."""
    columns = [
        *_what(),
        Column(_("Place"), _("The place, as it was written down.")),
        Column(_("Minutes"), _("Without breaks. They are added up and rounded once, at the end."), width=10),
        Column(_("Organisations"), _("How many organisations, groups and local governments took part."), width=12),
        Column(
            _("People (estimate)"),
            _("Empty where nobody counted, where they were fewer than 5, or where that would follow from the sum."),
            width=12,
        ),
    ]
    return Sheet(project.title.shown().text, columns, _rows(project))


def _what() -> list[Column]:
    """What was done, and when."""
    return [
        Column(_("Day"), _("The day on which it took place."), width=12),
        Column(_("Kind of activity"), _("What was done, by a list that is the same for all projects.")),
        Column(_("What it was about"), _("The title, in the language in which it was written down."), width=40),
        Column(_("Language"), _("The language of the title."), width=10),
    ]


def _rows(project: Project) -> Iterator[list[Cell]]:
    beside = queries.beside_few(project.id)
    for record, parties in queries.all_counted(project.id):
        title = record.title.shown()
        yield [
            record.day, label("project_activity", record.activity), title.text, title.lang, record.place,
            record.minutes or None, parties, None if queries.is_untold(record, beside) else record.people or None,
        ]  # fmt: skip


def totals_table(name: Localized, totals: queries.Totals) -> Sheet:
    """The figures of all public projects together, in the order of the page."""
    columns = [
        Column(_("Figure"), _("What is counted."), width=40),
        Column(_("Code"), _("The same in all languages, for programs."), width=28),
        Column(_("Value"), _("Minutes are added up, divided by the length of an hour and rounded once."), width=10),
        Column(_("Unit"), _("Hours of 60 and of 45 minutes are never added to each other."), width=28),
        Column(_("Projects"), _("How many public projects make the number up."), width=10),
    ]
    rows: Iterator[list[Cell]] = (
        [
            label("indicator", row.indicator.code), row.indicator.code,
            words.value(row.indicator, row.amount, row.unit), label("indicator_unit", row.unit), row.projects,
        ]
        for row in totals.rows
    )  # fmt: skip
    return Sheet(name.shown().text, columns, rows)


def frame_table(frame: Frame, found: queries.FrameReached) -> Sheet:
    """The outcomes of a frame with their outputs, and at the end all of them together, in the order of the page."""
    columns = [
        Column(_("Outcome"), _("The outcome; empty in the lines of all outcomes together."), width=40),
        Column(_("Figure"), _("What is counted."), width=40),
        Column(_("Code"), _("The same in all languages, for programs."), width=28),
        Column(_("Reached"), _("Minutes are added up, divided by the length of an hour and rounded once."), width=10),
        Column(_("Target"), _("Empty where none was asked for."), width=10),
        Column(_("Unit"), _("Hours of 60 and of 45 minutes are never added to each other."), width=28),
    ]
    lines = [(one.outcome.title.shown().text, row) for one in found.outcomes for row in one.rows]
    return Sheet(frame.title.shown().text, columns, _frame_rows([*lines, *(("", row) for row in found.together)]))


def _frame_rows(lines: Iterable[tuple[str, queries.Reached]]) -> Iterator[list[Cell]]:
    for outcome, row in lines:
        number = None if words.is_few(row.indicator, row.amount) else words.value(row.indicator, row.amount, row.unit)
        yield [
            outcome, label("indicator", row.indicator.code), row.indicator.code, number,
            None if row.target is None else words.value(row.indicator, row.target, row.unit),
            label("indicator_unit", row.unit),
        ]  # fmt: skip


def received_table(organisation: Organisation) -> Sheet:
    """Every record that names the organisation, the first day first."""
    columns = [
        *_what(),
        Column(_("Minutes"), _("How long the organisation took part. Empty where nobody measured it."), width=10),
        Column(_("Project"), _("The project to which it belongs."), width=40),
        Column(_("Length of an hour"), _("Of an hour of training in this project."), width=28),
    ]
    return Sheet(organisation.name.shown().text, columns, _received(organisation))


def _received(organisation: Organisation) -> Iterator[list[Cell]]:
    for one in queries.all_received(organisation.id):
        title = one.record.title.shown()
        yield [
            one.record.day, label("project_activity", one.record.activity), title.text, title.lang, one.minutes or None,
            one.title.shown().text, label("indicator_unit", one.hour),
        ]  # fmt: skip

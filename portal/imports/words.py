"""Lists in the words of the reader: what became of rows, and the report as a table."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from portal.imports.models import Became, ImportBatch
from portal.imports.queries import every_row
from portal.words.i18n import LazyString, _, _ln, current_language
from portal.words.tables import Cell, Column, Sheet
from portal.words.vocabularies import label

_TOLD: Mapping[str, Callable[[int], LazyString]] = {
    Became.READY: lambda n: _ln("%(n)s row can be made into a profile.", "%(n)s rows can be made into profiles.", n),
    Became.DOUBLE: lambda n: _ln("%(n)s row is perhaps a double.", "%(n)s rows are perhaps doubles.", n),
    Became.KNOWN: lambda n: _ln(
        "%(n)s row has a number that a profile has already.", "%(n)s rows have numbers that profiles have already.", n
    ),
    Became.PROBLEM: lambda n: _ln("%(n)s row needs a correction.", "%(n)s rows need a correction.", n),
    Became.MADE: lambda n: _ln("%(n)s profile was made.", "%(n)s profiles were made.", n),
    Became.SKIPPED: lambda n: _ln("%(n)s row was left out.", "%(n)s rows were left out.", n),
    Became.FAILED: lambda n: _ln("%(n)s row could not be made.", "%(n)s rows could not be made.", n),
    Became.UNDONE: lambda n: _ln("%(n)s profile was taken back.", "%(n)s profiles were taken back.", n),
    Became.KEPT: lambda n: _ln(
        "%(n)s profile stays, because somebody has touched it.",
        "%(n)s profiles stay, because somebody has touched them.",
        n,
    ),
}


def told(counts: Mapping[str, int]) -> list[LazyString]:
    """A sentence for each outcome that there is."""
    return [words(counts[outcome]) for outcome, words in _TOLD.items() if counts.get(outcome)]


def problems_in(problems: Mapping[str, Sequence[str]] | None) -> Sequence[str]:
    """What is to be done about a row, in the language of the moment."""
    return (problems or {}).get(current_language(), ())


def report(batch: ImportBatch) -> Sheet:
    """Every row with its line in the file, what became of it, and what to do."""
    columns = [
        Column(_("Line"), _("The line or row of the file that was brought in."), width=8),
        Column(_("Name"), _("The name of the organisation, as the row gives it."), width=40),
        Column(
            _("State"), _("What the row is, or what became of it."),
            "; ".join(label("import_outcome", one) for one in Became if one != Became.UNREAD), width=24,
        ),
        Column(_("What to do"), _("Why no profile was made of the row, and what to correct."), width=60),
    ]  # fmt: skip
    return Sheet(_("Report on a list of organisations"), columns, _rows(batch.id))


def _rows(number: int) -> Iterator[Sequence[Cell]]:
    for row in every_row(number):
        yield row.line, row.label, label("import_outcome", row.became), " ".join(problems_in(row.problems))

"""The shape of what people write down about what a project did."""

from collections.abc import Sequence

from portal.face.forms import FileField, Form, ListForm, SelectField, TextArea, Versioned, choices, length, unbound
from portal.projects import queries, record_table
from portal.projects.models import Record
from portal.projects.record_fields import LISTED, RECORD
from portal.projects.record_table import Row
from portal.projects.services import MOST_REASON
from portal.words.i18n import _l
from portal.words.tables import Table, read_text
from portal.words.vocabularies import pairs, vocabulary

NOTHING_GIVEN = _l("Paste the table or choose a file.")


class _Who(Form):
    """Who took part, one in a line, and the event of the portal that it was."""

    organisations, groups, local_governments, event = (unbound(field) for field in LISTED)


class RecordForm(_Who):
    """Something new."""

    fields = RECORD


class ChangeRecordForm(_Who, Versioned):
    """A record as it is."""

    fields = RECORD

    @classmethod
    def of(cls, record: Record) -> "ChangeRecordForm":
        """With those whom it names."""
        return cls.on(record, record.project.title.original, **queries.typed_of(record))


class MoveRecordForm(Form):
    """Why a record is not confirmed, or no longer counts; nothing for the other steps."""

    reason = TextArea(_l("Reason"), [length(MOST_REASON)])


class RecordTableForm(ListForm):
    """Many records at once, one in a line."""

    shown = ("table", "activity")
    table = TextArea(_l("Table of records"))
    file = FileField(_l("File with the table"))
    activity = SelectField(
        _l("Kind of activity where a line names none"),
        choices=lambda: choices([("", _l("Each line names it")), *pairs(vocabulary("project_activity"))]),
    )

    unread: Sequence[str] = ()  # heads of columns that are left out

    def read(self) -> Sequence[Row]:
        """Every line as a record. Raises Refusal."""
        return self.read_list(self._rows, kept=self._kept, bounds=record_table.FILE, nothing=NOTHING_GIVEN)

    def _rows(self, typed: str) -> Sequence[Row]:
        self.unread = self.unread or record_table.unread(read_text(typed, record_table.PASTED))
        return record_table.read(typed, self.activity.data or "")

    def _kept(self, table: Table) -> str:
        self.unread = record_table.unread(table)
        return record_table.kept(table)

    def keep_only(self, lines: Sequence[int]) -> None:
        """Leave the heads and these lines in the field, to be corrected."""
        self.table.data = record_table.left_over(self.table.data or "", lines) if lines else ""

"""The shape of what people write down about what a project did."""

from portal.face.forms import Form, TextArea, TextField, Versioned, length
from portal.projects import queries
from portal.projects.models import Record
from portal.projects.record_fields import RECORD
from portal.projects.services import MOST_REASON
from portal.words.i18n import _l

MOST_TYPED = 40_000  # characters of a list of organisations


class _Who(Form):
    """Who took part, one in a line, and the event of the portal that it was."""

    organisations = TextArea(_l("Organisations that took part"), [length(MOST_TYPED)])
    groups = TextArea(_l("Informal groups that took part"), [length(MOST_TYPED)])
    local_governments = TextArea(_l("Local governments that took part"), [length(MOST_TYPED)])
    event = TextField(_l("Event of the portal"), [length(300)])


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

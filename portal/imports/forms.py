"""The forms of lists: the shape of input only."""

from collections.abc import Sequence
from typing import Any

import wtforms

from portal.face.forms import (
    BooleanField,
    ChoiceField,
    FileField,
    Form,
    HiddenField,
    SelectField,
    TextField,
    choices,
    length,
    required,
    whole_number,
)
from portal.ground.errors import Refusal
from portal.imports.columns import READ, STARTS
from portal.imports.models import ImportBatch
from portal.imports.services import FILE
from portal.words.fields import Field
from portal.words.i18n import _, _l, current_language, endonyms
from portal.words.tables import Table, read_file

NO_FILE = _l("Choose a file.")
NO_COLUMN = ""


class BringForm(Form):
    """A file, where it comes from, and in which language its texts are."""

    file = FileField(_l("File with the list"))
    source = TextField(_l("Where the list comes from"), [required(_l("Say where the list comes from.")), length(120)])
    language = ChoiceField(
        _l("Language of the texts"),
        [required(_l("Choose the language of the texts."))],
        choices=lambda: choices(endonyms()),
        default=current_language,
    )

    def read(self) -> Table:
        """The rows of the file. Its size is known before anything of it is parsed. Raises Refusal at its field."""
        if not self.file.data:
            raise Refusal(NO_FILE, field="file")
        try:
            return read_file(self.file.data.stream.read(FILE.file + 1), FILE)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            raise Refusal(refusal.reason, field="file") from None


class ColumnsForm(Form):
    """From which column each field is read, and what a row means that says nothing of a field that is needed."""

    @classmethod
    def of(cls, batch: ImportBatch) -> "ColumnsForm":
        columns = [
            (NO_COLUMN, _("not in the file")),
            *((str(n), head or _("column %(n)s", n=n + 1)) for n, head in enumerate(batch.heads)),
        ]
        fields: dict[str, Any] = {
            _column(field): SelectField(field.label, choices=choices(columns), default=NO_COLUMN) for field in READ
        }
        for field in STARTS:
            offered = [("", _("nothing: such rows are left out")), *(field.choices() if field.choices else ())]
            fields[_start(field)] = SelectField(field.label, choices=choices(offered), default="")
        made: type[ColumnsForm] = type("ColumnsOfBatch", (cls,), fields)
        stored = {
            **{_column(READ[name]): str(place) for name, place in batch.mapping.items() if name in READ},
            **{_start(READ[name]): code for name, code in batch.starts.items() if name in READ},
        }
        return made(data=stored)

    @property
    def mapping(self) -> dict[str, int]:
        """Column by field, of those that are in the file."""
        return {field.name: int(data) for field in READ if (data := self[_column(field)].data or "")}

    @property
    def starts(self) -> dict[str, str]:
        return {field.name: self[_start(field)].data for field in STARTS if self[_start(field)].data}

    @property
    def pairs(self) -> Sequence[tuple[wtforms.Field, wtforms.Field | None]]:
        """(column of a field, what it starts with where that can be said) in the order of the profile."""
        return [(self[_column(field)], self[_start(field)] if field in tuple(STARTS) else None) for field in READ]


def _column(field: Field) -> str:
    return f"column_{field.name}"


def _start(field: Field) -> str:
    return f"start_{field.name}"


class CarryOutForm(Form):
    """Make it as it was shown."""

    version = HiddenField()
    doubles = ChoiceField(
        _l("Rows that are perhaps doubles"),
        choices=lambda: choices([("skip", _("Leave them out")), ("make", _("Make a profile of each anyway"))]),
        default="skip",
    )
    is_public = BooleanField(_l("Show the profiles in the directory at once"))

    @property
    def seen(self) -> int:
        """The version of the list that was shown."""
        return whole_number(self.version.data)

    @property
    def makes_doubles(self) -> bool:
        return bool(self.doubles.data == "make")

"""The forms of reserves: what is entered is shown with its effect first, and saved as it was shown."""

import hashlib
from collections.abc import Sequence
from typing import Any, Self, Unpack

from flask import request

from portal.face.forms import (
    SEND,
    Form,
    Given,
    HiddenField,
    SelectField,
    TextArea,
    Versioned,
    choices,
    length,
    required,
)
from portal.registration.fields import RESERVE
from portal.registration.queries import EventReserve, SessionCount
from portal.words.i18n import LANGUAGES, Shown, _l

WHOLE = "event"
MOST_LETTERS = 10_000  # of the names of organisations


class ReserveForm(Form):
    """What is kept, and for whom."""

    fields = RESERVE
    organisations = TextArea(_l("Organisations"), [length(MOST_LETTERS)])
    shown = HiddenField()

    @property
    def names(self) -> list[str]:
        """Of the organisations, one on each line."""
        lines = (line.strip() for line in (self.organisations.data or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    @property
    def described(self) -> dict[str, object]:
        """The values of the fields of RESERVE."""
        return {field.name: self[field.name].data for field in RESERVE}

    @property
    def fingerprint(self) -> str:
        """Of what is entered, so that nothing is saved of which nobody has seen what it does."""
        fields = [field for name, field in self._fields.items() if name not in ("csrf_token", "shown", "version")]
        return hashlib.sha256(repr([(field.name, field.data) for field in fields]).encode()).hexdigest()

    @property
    def is_to_be_saved(self) -> bool:
        return request.form.get("act") == SEND and self.shown.data == self.fingerprint


class NewReserveForm(ReserveForm):
    """A new one, of the event or of one of its sessions."""

    where = SelectField(_l("Where"), [required(_l("Choose where places are kept."))], choices=[])

    def __init__(self, has_seats: bool, sessions: Sequence[SessionCount], **given: Unpack[Given]) -> None:
        super().__init__(**given)
        pairs: list[tuple[str, Shown | Any]] = [(str(one.id), one.title.shown()) for one in sessions]
        self.where.choices = choices([(WHOLE, _l("the whole event")), *pairs] if has_seats else pairs)

    @property
    def session_id(self) -> int | None:
        return None if self.where.data == WHOLE else int(self.where.data)


class EditReserveForm(ReserveForm, Versioned):
    """A change of one."""

    @classmethod
    def of(cls, kept: EventReserve) -> Self:
        row, zone = kept.row, kept.event.timezone
        return cls(
            data={
                **RESERVE.read(row, row.name.original, zone),
                **{f"name_{code}": row.name.get(code) for code in LANGUAGES},
                "organisations": "\n".join(one.name.source for one in kept.organisations),
                "version": row.row_version,
            }
        )

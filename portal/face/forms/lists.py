"""Lists that people paste or keep in a file: looked at first, and taken by a second button as they were shown."""

import hashlib
from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar

from flask import request

from portal.face.forms.base import Form
from portal.face.forms.fields import FileField, HiddenField
from portal.ground.errors import Busy, Refusal
from portal.ground.sentences import Sentence
from portal.words.i18n import _l
from portal.words.tables import Bounds, Table, read_file

SEND = "send"  # the button that takes what was shown
BOTH_GIVEN = _l("Paste the list or choose a file, not both.")
One = TypeVar("One")


class ListForm(Form):
    """A list in a text field, or in a file that becomes its text. `shown` names what the first look has shown: that field,
    and whatever else decides how the list is read."""

    shown: ClassVar[Sequence[str]]
    file: FileField
    seen = HiddenField()

    def read_list(
        self, read: Callable[[str], Sequence[One]], *, kept: Callable[[Table], str], bounds: Bounds, nothing: Sentence
    ) -> Sequence[One]:
        """Everything in the list; of a file, what is `kept` of it now stands in the field. Raises Refusal, `nothing` for an
        empty one."""
        name = self.shown[0]
        given, pasted = "file" if self.file.data else name, self[name]
        try:
            if self.file.data:
                if pasted.data:
                    raise Refusal(BOTH_GIVEN)
                pasted.data = kept(read_file(self.file.data.stream.read(bounds.file + 1), bounds)).strip()
            found = read(pasted.data) if (pasted.data or "").strip() else []
            if not found:
                raise Refusal(nothing)
        except Busy:
            raise
        except Refusal as refusal:
            raise Refusal(refusal.reason, field=given) from None
        return found

    @property
    def fingerprint(self) -> str:
        """Of what was shown, so that nothing is taken of which nobody has seen how it is read."""
        return hashlib.sha256("\n".join(str(self[name].data) for name in self.shown[::-1]).encode()).hexdigest()

    @property
    def is_sent(self) -> bool:
        """Is it to be taken, and not only looked at?"""
        return request.form.get("act") == SEND

    @property
    def was_seen(self) -> bool:
        return bool(self.seen.data == self.fingerprint)

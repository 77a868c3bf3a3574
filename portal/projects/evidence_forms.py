"""The shape of what people send as the evidence of a record."""

from portal.face.forms import FileField, Form
from portal.face.media.images import MAX_BYTES
from portal.words.i18n import _l


class EvidenceForm(Form):
    """One file. It is read up to one byte more than it may have: so it is known to be too large, and costs no more."""

    file = FileField(_l("PDF file or picture"))
    largest = MAX_BYTES

    def values(self) -> dict[str, bytes | None]:
        chosen = self.file.data
        return {"file": chosen.stream.read(MAX_BYTES + 1) if chosen else None}

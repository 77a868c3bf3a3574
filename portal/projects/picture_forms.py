"""The shape of what is sent about a picture of a card."""

from typing import Any

from portal.face.forms import FileField, Form, Versioned
from portal.projects.picture_fields import PICTURE
from portal.words.i18n import _l


class _WithFile(Form):
    """What is said about the picture, and the bytes of its file."""

    def values(self) -> dict[str, Any]:
        said, chosen = super().values(), self["file"].data
        return {**said, "consent": said["consent"] or "", "file": chosen.read() if chosen else None}


class PictureForm(_WithFile):
    """A new picture."""

    fields = PICTURE
    file = FileField(_l("Picture file"))


class EditPictureForm(_WithFile, Versioned):
    """What is said about a picture, and another file for it."""

    fields = PICTURE
    file = FileField(_l("Another picture file in its place"))

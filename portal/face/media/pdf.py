"""Is this a PDF, and nothing else? Asked of its bytes as they came, in one way through them: nothing of it is unpacked.

What is plainly active (scripts, programs to start, files inside, media players) can be refused. A program can still lie in
a part that is compressed, where it is not looked for: so a PDF is only ever given out as a file (`document_response`), never
shown as a page of ours, and the program that opens it is asked before it starts anything.
"""

import re
from collections.abc import Iterable

from portal.ground.errors import Refusal
from portal.words.i18n import _l

_HEAD = re.compile(rb"%PDF-[12]\.[0-9]")
_END = b"%%EOF"
_NEAR = 1024  # bytes at the end among which the mark stands
_ZIP_END = b"PK\x05\x06"
_ZIP_TAIL = 65_557  # bytes before its end in which a ZIP says what it holds (APPNOTE 4.3.16)
# ISO 32000-1, 12.6.4, 7.11.4 and 13.6. Of scripts `/JS` is too short to be told from chance in ten million bytes; an action
# that has it says `/JavaScript` too.
_ACTIVE = ("JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia")


def _named(words: Iterable[str], then: bytes) -> re.Pattern[bytes]:
    """Names of PDF, in which any sign can be written by its number (7.3.5), and what follows them."""

    def spelled(word: str) -> bytes:
        signs = (rf"(?:{sign}|#(?i:{ord(sign):02x}))" for sign in word)
        return "".join(signs).encode()

    return re.compile(rb"/(?:" + b"|".join(map(spelled, words)) + rb")" + then)


_LOCKED = _named(["Encrypt"], rb"[\s\0]{0,64}(?:<<|[0-9])")  # 7.5.5: in the trailer, which is never compressed
_MOVING = _named(_ACTIVE, rb"(?=[\s\0()<>\[\]{}/%])")  # a name ends before such a sign (7.2.2)


def check_pdf(data: bytes, *, field: str | None = None) -> None:
    """A PDF from its first byte to its last one. Raises Refusal with what to do about any other."""
    end = data.rfind(_END, -_NEAR)
    if not _HEAD.match(data) or (end < 0 and _END not in data):
        raise Refusal(_l("The portal cannot read this PDF file. Save it again or choose another one."), field=field)
    if end < 0 or data[end + len(_END) :].strip(b"\r\n\t \0") or data.find(_ZIP_END, -_ZIP_TAIL) >= 0:
        raise Refusal(
            _l("Something else is hidden in this PDF file. Save it again or choose another one."), field=field
        )


def check_open(data: bytes, *, field: str | None = None) -> None:
    """A PDF that everybody can open and that does nothing by itself, as far as that is seen without unpacking it.

    Raises Refusal with what to do about one that is encrypted or active.
    """
    if _LOCKED.search(data):
        raise Refusal(
            _l("This PDF file is protected by a password. Save it without one and choose it again."), field=field
        )
    if _MOVING.search(data):
        raise Refusal(
            _l("This PDF file holds a program or other files. Print it into a new PDF file and choose that one."),
            field=field,
        )

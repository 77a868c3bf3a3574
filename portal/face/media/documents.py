"""Files that not everybody may see: pictures made anew, and PDF as it came. They lie in the same store under names that
nobody can guess and that `/media/` does not serve: the feature that owns a file gives it out, under its own policy."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from urllib.parse import quote

from flask import Response, abort

from portal.face.media import storage
from portal.face.media.files import File
from portal.face.media.images import MAX_BYTES, MIME, encode_one, too_large
from portal.ground.authz import Actor, Portal
from portal.ground.db import db
from portal.ground.errors import Refusal
from portal.words.clean import one_line
from portal.words.i18n import _l

PDF = "application/pdf"
ENDINGS = {MIME: "webp", PDF: "pdf"}
WIDTH = 1920  # pixels of a private picture: a letter or a poster that was photographed can be read
LONGEST_NAME = 120  # characters of the name that a file came with
_PDF_HEAD = re.compile(rb"%PDF-[12]\.[0-9]")
_PDF_END = b"%%EOF"
_ZIP_END = b"PK\x05\x06"
_ZIP_TAIL = 65_557  # bytes before its end in which a ZIP says what it holds (APPNOTE 4.3.16)


@dataclass(frozen=True, slots=True)
class Document:
    """A private file that is checked and kept, but that no row knows yet. `name` is what its owner called it."""

    name: str
    key: str
    mime: str
    sha256: str
    size: int  # bytes
    width: int = 0  # pixels; 0 of a PDF
    height: int = 0


def prepare_document(data: bytes, name: str, *, field: str | None = None) -> Document:
    """Check a picture or a PDF and keep it. Takes up to a second: call it outside a transaction.

    Raises Refusal for a file that is too large, that is neither, or that is something else too.
    """
    if len(data) > MAX_BYTES:
        raise Refusal(too_large(len(data)), field=field)
    if data.startswith(b"%PDF"):
        _check_pdf(data, field)
        mime, content, size = PDF, data, (0, 0)
    else:
        content, size = encode_one(data, WIDTH, field=field)
        mime = MIME
    key = f"private-{secrets.token_hex(24)}.{ENDINGS[mime]}"
    storage.put(key, content)
    return Document(_name(name, mime), key, mime, hashlib.sha256(content).hexdigest(), len(content), *size)


def store_document(document: Document, *, by: Actor | Portal | None) -> File:
    """The row for a file, inside the transaction of the use-case that needs it."""
    file = File(
        sha256=document.sha256,
        mime=document.mime,
        size=document.size,
        width=document.width,
        height=document.height,
        variants=[{"key": document.key, "width": document.width, "height": document.height}],
        uploaded_by=by.id if by is not None else None,
    )
    db.session.add(file)
    db.session.flush()
    return file


def document_response(file: File, name: str) -> Response:
    """A private file for whoever has just been let in: never kept by anybody on the way, never a page of our origin."""
    content = storage.get(file.variants[-1]["key"])
    if content is None:
        abort(404)
    response = Response(content, mimetype=file.mime)
    kind = "inline" if file.mime == MIME else "attachment"
    response.headers["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _check_pdf(data: bytes, field: str | None) -> None:
    """A PDF from its first byte to its last one. What it holds is never unpacked here, and it is given out as a file."""
    end = data.rfind(_PDF_END)
    if not _PDF_HEAD.match(data) or end < 0:
        raise Refusal(_l("The portal cannot read this PDF file. Save it again or choose another one."), field=field)
    if data[end + len(_PDF_END) :].strip(b"\r\n\t \0") or _ZIP_END in data[-_ZIP_TAIL:]:
        raise Refusal(
            _l("Something else is hidden in this PDF file. Save it again or choose another one."), field=field
        )


def _name(name: str, mime: str) -> str:
    """What the file is called when it is given out: its own name, with the ending of what it is now."""
    last = re.split(r"[/\\]", name[-2 * LONGEST_NAME :])[-1]
    stem = re.sub(r"\.(?:pdf|jpe?g|png|webp|gif)$", "", last, flags=re.IGNORECASE)
    stem = one_line(stem, LONGEST_NAME).strip(". ")
    return f"{stem or 'file'}.{ENDINGS[mime]}"

"""Files of which a feature says who may see them: pictures made anew, and PDF as it came. They lie in the same store under
names that nobody can guess and that `/media/` does not serve: the feature gives a file out, under its own policy."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from urllib.parse import quote

from flask import Response, abort, request

from portal.face.media import storage
from portal.face.media.files import File
from portal.face.media.images import MAX_BYTES, MIME, encode_one, too_large
from portal.face.media.pdf import check_open, check_pdf
from portal.ground.authz import Actor, Portal
from portal.ground.db import db
from portal.ground.errors import Refusal
from portal.words.clean import one_line
from portal.words.i18n import _l

PDF = "application/pdf"
ENDINGS = {MIME: "webp", PDF: "pdf"}
WIDTH = 1920  # pixels of a private picture: a letter or a poster that was photographed can be read
LONGEST_NAME = 120  # characters of the name that a file came with
NEITHER = _l("The portal cannot read this file. Choose a PDF file, or a picture as JPEG, PNG, WebP or GIF.")
# Whoever keeps it asks each time whether it is still that, and still for everybody (RFC 9111, 5.2.2.4).
ASKED_AGAIN = "public, no-cache"
OF_ONE_READER = "private, no-store"


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
        raise Refusal(too_large(), field=field)
    if data.startswith(b"%PDF"):
        check_pdf(data, field=field)
        return _kept(data, name, PDF)
    content, (width, height) = encode_one(data, WIDTH, field=field, unreadable=NEITHER)
    return _kept(content, name, MIME, width, height)


def check_paper(data: bytes, *, most: int, field: str | None = None) -> None:
    """A PDF of at most `most` bytes that everybody can open. Raises Refusal for any other file, with what to do about it."""
    if len(data) > most:
        raise Refusal(too_large(most), field=field)
    if not data.startswith(b"%PDF-"):
        raise Refusal(_l("This is not a PDF file. Save the document as PDF and choose that file."), field=field)
    check_pdf(data, field=field)
    check_open(data, field=field)


def keep_paper(data: bytes, name: str) -> Document:
    """Keep a PDF that `check_paper` has let through. Call it outside a transaction."""
    return _kept(data, name, PDF)


def _kept(content: bytes, name: str, mime: str, width: int = 0, height: int = 0) -> Document:
    key = f"private-{secrets.token_hex(24)}.{ENDINGS[mime]}"
    storage.put(key, content)
    sha256 = hashlib.sha256(content).hexdigest()
    return Document(file_name(name, mime), key, mime, sha256, len(content), width, height)


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


def document_response(file: File, name: str, *, is_public: bool = False) -> Response:
    """A file for whoever has just been let in, never a page of our origin. Nobody on the way keeps it, unless it
    `is_public`: such a one may be kept, and is asked for again each time, because it can become private."""
    content = storage.get(file.variants[-1]["key"])
    if content is None:
        abort(404)
    response = Response(content, mimetype=file.mime)
    kind = "inline" if file.mime == MIME else "attachment"
    response.headers["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = ASKED_AGAIN if is_public else OF_ONE_READER
    if is_public:
        response.set_etag(file.sha256)
        response.make_conditional(request)
    return response


def file_name(name: str, mime: str) -> str:
    """What the file is called when it is given out: its own name, with the ending of what it is now."""
    last = re.split(r"[/\\]", name[-2 * LONGEST_NAME :])[-1]
    stem = re.sub(r"\.(?:pdf|jpe?g|png|webp|gif)$", "", last, flags=re.IGNORECASE)
    stem = one_line(stem, LONGEST_NAME).strip(". ")
    return f"{stem or 'file'}.{ENDINGS[mime]}"

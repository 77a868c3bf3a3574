"""A picture from a stranger becomes one or two WebP pictures of ours: right way up, small, without metadata."""

import hashlib
import io
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.face.media import storage
from portal.ground.errors import Refusal
from portal.words.i18n import LazyString, _l, formats

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 5_000_000
MAX_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")  # by content, whatever the file is called; SVG is a program, not a picture
WIDTHS = (320, 960)
MIME = "image/webp"

# One picture at a time per process: 40 million pixels are 160 MB while they are open.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Encoded:
    """One size of a picture; `key` is where it is kept."""

    key: str
    sha256: str
    width: int
    height: int
    size: int


@dataclass(frozen=True, slots=True)
class PreparedImage:
    """A picture that is encoded and kept, but that no row knows yet. Smallest first, at least one size."""

    variants: tuple[Encoded, ...]

    @property
    def largest(self) -> Encoded:
        return self.variants[-1]


def prepare_image(data: bytes, *, field: str | None = None) -> PreparedImage:
    """Check, re-encode and keep a picture. Needs no transaction and takes up to a second: call it outside of one.

    Raises Refusal for a file that is too large, is no picture of FORMATS or has more than MAX_PIXELS.
    """
    if len(data) > MAX_BYTES:
        raise Refusal(_too_large(len(data)), field=field)
    with _one_at_a_time:
        contents = _encode(data, field)
    for variant, content in contents:
        storage.put(variant.key, content)
    return PreparedImage(tuple(variant for variant, _ in contents))


def _too_large(size: int) -> LazyString:
    return _l(
        "The file is %(size)s and the limit is %(limit)s. Choose a smaller one.",
        size=LazyString(formats.file_size, size),
        limit=LazyString(formats.file_size, MAX_BYTES),
    )


def _encode(data: bytes, field: str | None) -> list[tuple[Encoded, bytes]]:
    picture = _opened(data, field)
    found = []
    for width in sorted({min(width, picture.width) for width in WIDTHS}):
        sized = picture.copy()
        sized.thumbnail((width, 2 * width))
        stream = io.BytesIO()
        sized.save(stream, "WEBP", quality=80, method=4, exif=b"", icc_profile=b"", xmp=b"")
        content = stream.getvalue()
        digest = hashlib.sha256(content).hexdigest()
        found.append((Encoded(f"{digest}.webp", digest, sized.width, sized.height, len(content)), content))
    return found


def _opened(data: bytes, field: str | None) -> "Image":
    """The first frame, turned upright, in RGB or RGBA, no larger than needed."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    unreadable = Refusal(_l("The portal cannot read this picture. Choose a JPEG, PNG, WebP or GIF file."), field=field)
    too_many = Refusal(_l("The picture has too many pixels. Choose one with at most 40 million."), field=field)
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise too_many
            picture.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            see_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
            return upright.convert("RGBA" if see_through else "RGB")
    except Refusal:
        raise
    except Image.DecompressionBombError:
        raise too_many from None
    except UnidentifiedImageError:
        raise unreadable from None
    except Exception as error:  # decoders of broken files raise nearly anything: a file never breaks a page
        raise unreadable from error

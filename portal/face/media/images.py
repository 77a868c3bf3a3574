"""A picture from a stranger becomes one or two WebP pictures of ours: right way up, small, without metadata."""

import hashlib
import io
import math
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
MAX_PIXELS_WEBP = 13_000_000  # its decoder takes twenty bytes for each; a telephone of 12 megapixels has 12.2 million
MAX_SIDE = 16_000  # pixels: a stripe of a pixel by forty millions is no picture, and takes a gigabyte to turn
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")  # by content, whatever the file is called; SVG is a program, not a picture
WIDTHS = (320, 960)
MIME = "image/webp"
NO_PICTURE = _l("The portal cannot read this picture. Choose a JPEG, PNG, WebP or GIF file.")
ENOUGH = (2 * WIDTHS[-1]) ** 2 * 2  # pixels: twice the largest size that is kept, and that is twice as high as wide
REDUCED = frozenset({"L", "LA", "RGB", "RGBA", "CMYK"})  # as they are; colours of a palette become colours first
BAND = 128  # rows of the reduced picture

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
        raise Refusal(too_large(), field=field)
    with _one_at_a_time:
        contents = _encode(data, field)
    for variant, content in contents:
        storage.put(variant.key, content)
    return PreparedImage(tuple(variant for variant, _ in contents))


def too_large(most: int = MAX_BYTES) -> LazyString:
    """What is said of a file of more than `most` bytes. How large it is nobody knows: it is not read further than that."""
    return _l(
        "The file is too large: the limit is %(limit)s. Choose a smaller one.",
        limit=LazyString(formats.file_size, most),
    )


def _encode(data: bytes, field: str | None) -> list[tuple[Encoded, bytes]]:
    picture = _opened(data, field)
    found = []
    for width in sorted({min(width, picture.width) for width in WIDTHS}):
        content, size = _sized(picture, width)
        digest = hashlib.sha256(content).hexdigest()
        found.append((Encoded(f"{digest}.webp", digest, *size, len(content)), content))
    return found


def encode_one(
    data: bytes, width: int, *, field: str | None = None, unreadable: LazyString = NO_PICTURE
) -> tuple[bytes, tuple[int, int]]:
    """A picture in one size, at most `width` pixels wide: its content, and how wide and high it is. It is not kept.

    Raises Refusal as `prepare_image` does, with `unreadable` for what is none.
    """
    with _one_at_a_time:
        return _sized(_opened(data, field, unreadable), width)


def _sized(picture: "Image", width: int) -> tuple[bytes, tuple[int, int]]:
    sized = picture.copy()
    sized.thumbnail((width, 2 * width))
    stream = io.BytesIO()
    sized.save(stream, "WEBP", quality=80, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return stream.getvalue(), sized.size


def _opened(data: bytes, field: str | None, no_picture: LazyString = NO_PICTURE) -> "Image":
    """The first frame, turned upright, in RGB or RGBA, no larger than needed."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    unreadable = Refusal(no_picture, field=field)
    too_many = Refusal(_l("The picture has too many pixels. Choose one with at most 40 million."), field=field)
    too_many_webp = Refusal(
        _l("The WebP picture has too many pixels. Choose one with at most 13 million, or save it as JPEG."), field=field
    )
    limit = LazyString(formats.number, MAX_SIDE)
    too_long = Refusal(
        _l("The picture is too long or too wide. Choose one with at most %(limit)s pixels on each side.", limit=limit),
        field=field,
    )
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if max(picture.size) > MAX_SIDE:
                raise too_long
            if picture.width * picture.height > MAX_PIXELS:
                raise too_many
            if picture.format == "WEBP" and picture.width * picture.height > MAX_PIXELS_WEBP:
                raise too_many_webp
            picture.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))
            picture.load()
            upright = ImageOps.exif_transpose(_reduced(picture))
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


def _reduced(picture: "Image") -> "Image":
    """The picture no larger than needed, before anything copies it whole, and 16 bits of grey as 8.

    Done by bands: a copy with a weighted alpha channel would take as much again.
    """
    from PIL import Image

    factor = max(1, math.isqrt(picture.width * picture.height // ENOUGH))
    is_deep = picture.mode.startswith("I")
    if factor == 1 and not is_deep:
        return picture
    mode = (
        "L"
        if is_deep
        else picture.mode
        if picture.mode in REDUCED
        else "RGBA"
        if "transparency" in picture.info
        else "RGB"
    )
    small = Image.new(mode, (-(-picture.width // factor), -(-picture.height // factor)))
    for top in range(0, picture.height, BAND * factor):
        band = picture.crop((0, top, picture.width, min(picture.height, top + BAND * factor)))
        if is_deep:
            band = band.point(lambda value: value * (1 / 256))  # the form that Pillow takes for 16 bits
        small.paste(band.convert(mode).reduce(factor), (0, top // factor))
    small.info = {name: value for name, value in picture.info.items() if name != "transparency" or mode == picture.mode}
    return small

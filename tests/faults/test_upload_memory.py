"""What a hostile picture of few bytes may take while it is read: a bounded memory, whatever its kind says of itself."""

import io
import subprocess
import sys
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from portal.face.media.images import MAX_BYTES
from tests.support.servers import ROOT

MOST = 300_000  # kB beside the process itself
MEASURE = """
import re, sys
from portal.face.media.images import _encode
from portal.ground.errors import Refusal

data = sys.stdin.buffer.read()
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read()).group(1))
before = peak()
try:
    _encode(data, None)
    said = "read"
except Refusal:
    said = "refused"
print(said, peak() - before)
"""


def encoded(picture: Image.Image, kind: str, **how: Any) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **how)
    return stream.getvalue()


def turned() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: a quarter to the right
    return exif


def compressed_text() -> bytes:
    """A text of 100 MB in a PNG of one pixel."""
    info = PngImagePlugin.PngInfo()
    info.add(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 100_000_000, 9))
    return encoded(Image.new("L", (1, 1)), "PNG", pnginfo=info)


def compressed_profile() -> bytes:
    return encoded(Image.new("RGB", (1, 1)), "PNG", icc_profile=b"\0" * 100_000_000)


def frames(kind: str, count: int, size: tuple[int, int]) -> bytes:
    pictures = [Image.new("RGB", size, (number, 0, 0)) for number in range(count)]
    return encoded(pictures[0], kind, save_all=True, append_images=pictures[1:], duration=100)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "JPEG in steps": lambda: encoded(Image.new("RGB", (6300, 6300)), "JPEG", progressive=True, subsampling=0),
    "JPEG in four colours": lambda: encoded(Image.new("CMYK", (6300, 6300)), "JPEG"),
    "JPEG turned": lambda: encoded(Image.new("RGB", (6300, 6300)), "JPEG", exif=turned()),
    "PNG turned": lambda: encoded(Image.new("RGB", (6300, 6300)), "PNG", exif=turned()),
    "PNG of sixteen bits": lambda: encoded(Image.new("I;16", (6300, 6300)), "PNG"),
    "PNG of one bit, see-through": lambda: encoded(Image.new("1", (6300, 6300)), "PNG", transparency=0),
    "PNG of colours, see-through": lambda: encoded(Image.new("P", (6300, 6300)), "PNG", transparency=b"\x01" * 256),
    "PNG with a compressed text": compressed_text,
    "PNG with a compressed profile": compressed_profile,
    "GIF of frames": lambda: frames("GIF", 3, (3000, 3000)),
    "WebP": lambda: encoded(Image.new("RGBA", (3600, 3600)), "WEBP", lossless=True, method=0, quality=0),
    "WebP of too many pixels": lambda: encoded(
        Image.new("RGBA", (6300, 6300)), "WEBP", lossless=True, method=0, quality=0
    ),
    "WebP of frames": lambda: frames("WEBP", 3, (3600, 3600)),
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_hostile_picture_takes_a_bounded_memory(make: Callable[[], bytes]) -> None:
    """In a process of its own, as the peak of one never falls."""
    data = make()
    assert len(data) < MAX_BYTES
    done = subprocess.run([sys.executable, "-c", MEASURE], input=data, capture_output=True, check=True, cwd=ROOT)
    said, kilobytes = done.stdout.decode().split()
    assert said in ("read", "refused")
    assert int(kilobytes) < MOST

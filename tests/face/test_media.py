"""Pictures of strangers: what is kept is ours, small, upright and tells nothing about the place or the camera."""

import datetime as dt
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image
from werkzeug.exceptions import NotFound

from portal.face import media
from portal.face.media import File, media_response, prepare_image, storage, store_image
from portal.ground import clock
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal
from portal.words.i18n import in_language

ROOT = Path(__file__).parents[2]
MOST_MEMORY = 300_000  # kB


def encoded(picture: Image.Image, kind: str = "PNG", **how: Any) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **how)
    return stream.getvalue()


def picture(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    return Image.effect_noise((100, 100), 60).resize((width, height)).quantize(32).convert(mode)


def kept(file: File) -> list[Image.Image]:
    found = []
    for variant in file.sizes:
        content = storage.get(variant.key)
        assert content is not None
        found.append(Image.open(io.BytesIO(content)))
    return found


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_picture_becomes_webp_in_two_widths(app: Flask, kind: str) -> None:
    file = store_image(encoded(picture(2000, 1000), kind), by=None)
    assert [(variant.width, variant.height) for variant in file.sizes] == [(320, 160), (960, 480)]
    assert all(shown.format == "WEBP" for shown in kept(file))
    assert (file.mime, file.width, file.height) == ("image/webp", 960, 480)
    assert file.sized(200).width == 320
    assert file.sized(500).width == file.sized(5000).width == 960
    assert file.srcset == f"{file.sizes[0].path} 320w, {file.sizes[1].path} 960w"


def test_small_picture_is_not_enlarged(app: Flask) -> None:
    file = store_image(encoded(picture(50, 40)), by=None)
    assert [(variant.width, variant.height) for variant in file.sizes] == [(50, 40)]


def test_transparency_is_kept(app: Flask) -> None:
    (shown,) = kept(store_image(encoded(Image.new("RGBA", (20, 20), (255, 0, 0, 0))), by=None))
    assert shown.convert("RGBA").getpixel((5, 5))[3] == 0


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "RGBA", "I;16", "LA"])
def test_every_mode_is_read(app: Flask, mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert store_image(encoded(Image.new(mode, (30, 20)), kind), by=None).width == 30


def test_metadata_is_gone_and_the_picture_upright(app: Flask) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees
    exif[0x010F] = "Camera of Anna"
    exif.get_ifd(0x8825)[1] = "N"
    data = encoded(picture(300, 200), "JPEG", exif=exif, comment=b"secret", xmp=b"<x>secret</x>")
    assert b"Camera of Anna" in data
    file = store_image(data, by=None)
    assert (file.width, file.height) == (200, 300)
    for shown, variant in zip(kept(file), file.sizes, strict=True):
        content = storage.get(variant.key) or b""
        assert not shown.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(shown.info)
        assert b"Anna" not in content and b"secret" not in content


def test_first_frame_of_an_animation_is_kept(app: Flask) -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    (shown,) = kept(store_image(data, by=None))
    assert getattr(shown, "n_frames", 1) == 1
    red, _, blue = shown.convert("RGB").getpixel((20, 20))
    assert red > 200 > 60 > blue


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_sixteen_bits_of_grey_stay_grey(app: Flask) -> None:
    (shown,) = kept(store_image(encoded(Image.new("I;16", (30, 20), 40_000)), by=None))
    assert abs(shown.convert("L").getpixel((10, 10)) - 156) < 4


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("mode", "size"), [("RGBA", (6300, 6300)), ("RGB", (16_000, 2500)), ("P", (6300, 6300))])
def test_largest_pictures_take_little_beside_themselves(app: Flask, mode: str, size: tuple[int, int]) -> None:
    """In a process of its own, as the peak of one never falls: 160 MB while it is open, and as little again."""
    script = (
        "import re, sys; from portal.face.media.images import _encode; data = sys.stdin.buffer.read(); "
        "peak = lambda: int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read()).group(1)); "
        "before = peak(); _encode(data, None); print(peak() - before)"
    )
    data = encoded(Image.new(mode, size, 3 if mode == "P" else (90, 30, 30)[: len(mode)] + (120,) * (mode == "RGBA")))
    done = subprocess.run([sys.executable, "-c", script], input=data, capture_output=True, check=True, cwd=ROOT)
    assert int(done.stdout) < MOST_MEMORY


def stripe() -> bytes:
    return encoded(Image.new("1", (1, 39_999_999)))


def truncated() -> bytes:
    return encoded(picture())[:2000]


def bomb() -> bytes:
    return encoded(Image.new("1", (7000, 7000)))


def huge_bomb() -> bytes:
    return encoded(Image.new("1", (20_000, 20_000)))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: b"", "cannot read"),
        (lambda: b"GIF89a<script>alert(1)</script>", "cannot read"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "cannot read"),
        (lambda: b"<!doctype html><script>alert(1)</script>", "cannot read"),
        (lambda: encoded(picture(), "BMP"), "cannot read"),
        (lambda: encoded(picture(), "TIFF"), "cannot read"),
        (truncated, "cannot read"),
        (bomb, "too many pixels"),
        (huge_bomb, "too many pixels"),
        (stripe, "too long or too wide"),
        (lambda: b"x" * 5_000_001, "the limit is 5"),
    ],
)
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_what_is_no_picture_is_refused(app: Flask, make: Callable[[], bytes], words: str) -> None:
    with pytest.raises(Refusal) as refused, in_language("en"):
        prepare_image(make(), field="logo")
    with in_language("en"):
        assert words in str(refused.value.reason)
    assert refused.value.field == "logo"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_response_is_a_picture_and_nothing_else(app: Flask) -> None:
    key = store_image(encoded(picture()), by=None).sizes[0].key
    with app.test_request_context(f"/media/{key}"):
        response = media_response(key)
        assert (response.status_code, response.mimetype) == (200, "image/webp")
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in response.headers["Cache-Control"]
        etag = response.headers["ETag"]
    with app.test_request_context(headers={"If-None-Match": etag}):
        assert media_response(key).status_code == 304


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("key", ["../synergia.db", "x.webp", "a" * 64 + ".webp", "a" * 64 + ".html", "/etc/passwd", ""])
def test_unknown_key_is_not_found(app: Flask, key: str) -> None:
    with app.test_request_context(), pytest.raises(NotFound):
        media_response(key)


def test_same_picture_is_kept_once_and_removed_with_its_last_row(app: Flask) -> None:
    data = encoded(picture())
    first, second = store_image(data, by=None), store_image(data, by=None)
    key = first.sizes[0].key
    assert first.variants == second.variants
    with transaction() as session:
        media.remove(session.get_one(File, first.id))
    assert storage.get(key) is not None
    with transaction() as session:
        media.remove(session.get_one(File, second.id))
    assert storage.get(key) is None
    assert db.session.scalar(sa.select(sa.func.count(File.id))) == 0


def test_content_without_a_row_is_swept_after_a_day(app: Flask) -> None:
    file = store_image(encoded(picture()), by=None)
    unused = prepare_image(encoded(picture(60, 60))).largest.key
    assert media.remove_unused() == 0
    with clock.frozen(clock.now() + dt.timedelta(days=2)):
        assert media.remove_unused() == 1
    assert storage.get(unused) is None
    assert storage.get(file.sizes[0].key) is not None
    assert json.dumps(file.variants)

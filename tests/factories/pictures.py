"""Pictures for tests."""

import io

from PIL import Image


def picture(colour: str = "#8a1538") -> bytes:
    """A small plain picture as a PNG file."""
    stream = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(stream, "PNG")
    return stream.getvalue()


def picture_of(number: int) -> bytes:
    """One that looks like no other with a number of its own."""
    return picture(f"#{number * 997 % 0x1000000:06x}")

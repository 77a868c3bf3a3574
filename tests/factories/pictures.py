"""Pictures for tests."""

import io

from PIL import Image


def picture() -> bytes:
    """A small plain picture as a PNG file."""
    stream = io.BytesIO()
    Image.new("RGB", (400, 300), "#8a1538").save(stream, "PNG")
    return stream.getvalue()

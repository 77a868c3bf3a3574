"""Draws portal/static/favicon.ico from mark.svg, for browsers that show no SVG. Run after a change of the mark.

python tools/favicon.py
"""

import pathlib
import re

from PIL import Image, ImageDraw

STATIC = pathlib.Path(__file__).resolve().parent.parent / "portal" / "static"
UNIT = 16  # pixels of one thread unit before scaling down


def main() -> None:
    drawing = (STATIC / "mark.svg").read_text(encoding="utf-8")
    side = int(re.search(r'viewBox="0 0 (\d+)', drawing)[1])
    image = Image.new("RGB", (side * UNIT, side * UNIT))
    pen = ImageDraw.Draw(image)
    for colour, path in re.findall(r'<path fill="([^"]+)" d="([^"]+)"/>', drawing):
        for x, y, width, height in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)", path):
            left, top = int(x) * UNIT, int(y) * UNIT
            pen.rectangle((left, top, left + int(width) * UNIT - 1, top + int(height) * UNIT - 1), fill=colour)
    image.save(STATIC / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])


if __name__ == "__main__":
    main()

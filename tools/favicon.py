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
    colours = dict(re.findall(r"\.(m\d)\{fill:(#[0-9a-f]{3,6})", drawing))
    side = int(re.search(r'viewBox="0 0 (\d+)', drawing)[1])
    image = Image.new("RGB", (side * UNIT, side * UNIT))
    pen = ImageDraw.Draw(image)
    for attributes in re.findall(r"<path ([^>]+?)/>", drawing):
        fill = re.search(r'fill="([^"]+)"', attributes)
        colour = fill[1] if fill else colours[re.search(r'class="(m\d)"', attributes)[1]]
        for x, y, width, height in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)", re.search(r' ?d="([^"]+)"', attributes)[1]):
            left, top = int(x) * UNIT, int(y) * UNIT
            pen.rectangle((left, top, left + int(width) * UNIT - 1, top + int(height) * UNIT - 1), fill=colour)
    image.save(STATIC / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])


if __name__ == "__main__":
    main()

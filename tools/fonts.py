"""Cuts the portal's fonts from the npm packages into portal/static/fonts. Run once per font update, commit the result.

    npm ci
    python tools/fonts.py

Both families are OFL 1.1 without a reserved font name, so subsets may keep the name; the licences are copied along.
Commissioner's npm files have no tabular figures: the digit faces are the same outlines centred on one width.
"""

import pathlib
import shutil
import string

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules" / "@fontsource-variable"
FONTS = ROOT / "portal" / "static" / "fonts"

# A page loads the faces whose characters it shows, so what is rare in our languages is apart from what every page has. A
# Bulgarian heading needs signs, hardly ever a Latin letter; text has Latin letters everywhere (addresses, names).
LETTERS = set(map(ord, string.ascii_letters + "Óó"))
SIGNS = (set(range(0x20, 0x7F)) - LETTERS) | set(map(ord, "\u00a0\u00ad§©«®°±·»×½–—‘’‚“”„•…‰′″‹›€−≤≥←↑→↓\u2011"))
BULGARIAN = (set(range(0x410, 0x450)) - set(map(ord, "ЫЭыэ"))) | set(map(ord, "Ѝѝ№\u0301"))
POLISH = set(map(ord, "ĄĆĘŁŃŚŹŻąćęłńśźż"))
REST = {
    "pl": ("latin-ext", POLISH),
    "west": ("latin", set(range(0xA1, 0x100)) - LETTERS - SIGNS),
    "ext": ("latin-ext", (set(range(0x100, 0x180)) | set(map(ord, "ȘșȚțẞ"))) - POLISH),
    "cyr": ("cyrillic", BULGARIAN),
    "cyr-ext": ("cyrillic", (set(range(0x400, 0x460)) | {0x490, 0x491}) - BULGARIAN),
}
FACES = {
    "commissioner": ((400, 700), {"latin": ("latin", LETTERS | SIGNS), **REST}),
    "vollkorn": (650, {"signs": ("latin", SIGNS), "latin": ("latin", LETTERS), **REST}),
}
FEATURES = ["kern", "mark", "mkmk", "locl", "ccmp", "lnum", "tnum", "calt", "liga", "rvrn"]


def cut(source: pathlib.Path, weight: object, characters: set[int], features: list[str]) -> TTFont:
    font = instancer.instantiateVariableFont(TTFont(source), {"wght": weight})
    options = subset.Options()
    options.layout_features, options.layout_scripts = features, ["*"]
    options.hinting, options.name_IDs = False, [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.flavor = "woff2"
    return font


def even_digits(font: TTFont, width: int = 1180) -> None:
    """Commissioner's web files have no tabular figures: centre each digit on one width."""
    for character in "0123456789":
        glyph = font.getBestCmap()[ord(character)]
        outline, (advance, _) = font["glyf"][glyph], font["hmtx"][glyph]
        outline.coordinates.translate(((width - advance) // 2, 0))
        outline.recalcBounds(font["glyf"])
        font["hmtx"][glyph] = (width, outline.xMin)
    for record in font["name"].names:
        if record.nameID == 1:
            record.string = "Commissioner Digits"


def source(family: str, script: str) -> pathlib.Path:
    return PACKAGES / family / "files" / f"{family}-{script}-wght-normal.woff2"


def ranges(characters: set[int]) -> str:
    """As CSS writes them: `U+20-7E,U+A0`."""
    found: list[list[int]] = []
    for one in sorted(characters):
        if found and one == found[-1][1] + 1:
            found[-1][1] = one
        else:
            found.append([one, one])
    return ",".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in found)


def main() -> None:
    FONTS.mkdir(parents=True, exist_ok=True)
    for family, (weight, faces) in FACES.items():
        for name, (script, characters) in faces.items():
            cut(source(family, script), weight, characters, FEATURES).save(FONTS / f"{family}-{name}.woff2")
            print(f"{family}-{name}: unicode-range:{ranges(characters)}")
        shutil.copyfile(PACKAGES / family / "LICENSE", FONTS / f"OFL-{family}.txt")
    # The word for itself in the language switch: one small face instead of the whole Cyrillic on a Polish page.
    cut(source("commissioner", "cyrillic"), (400, 700), set(map(ord, "Български български")), ["locl", "kern"]).save(
        FONTS / "commissioner-names.woff2"
    )
    for weight in (400, 650):
        font = cut(source("commissioner", "latin"), weight, set(map(ord, "0123456789")), [])
        even_digits(font)
        font.save(FONTS / f"commissioner-digits-{weight}.woff2")
    for path in sorted(FONTS.glob("*.woff2")):
        print(f"{path.stat().st_size:7} {path.name}")


if __name__ == "__main__":
    main()

"""Every pair of colours of every theme can be read (WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11), computed from look.css itself."""

import re
from pathlib import Path

import pytest

LOOK = Path(__file__).resolve().parents[2] / "portal" / "static" / "look.css"
THEMES = ("light", "dark", "contrast", "yellow")
TEXT, PART = 4.5, 3.0

# foreground, background, least ratio, where they meet
PAIRS = (
    ("ink", "page", 7, "text"),
    ("ink", "soft", 7, "text on bands"),
    ("ink", "card", 7, "text on cards"),
    ("ink", "ok-soft", 7, "text of a message"),
    ("ink", "warn-soft", 7, "text of a warning"),
    ("ink", "bad-soft", 7, "text of an error"),
    ("ink", "info-soft", 7, "text of a note"),
    ("muted", "page", TEXT, "hints, dates"),
    ("muted", "soft", TEXT, "hints on bands"),
    ("muted", "card", TEXT, "hints on cards"),
    ("link", "page", TEXT, "links"),
    ("link", "soft", TEXT, "links on bands"),
    ("link", "card", TEXT, "links on cards"),
    ("link", "ok-soft", TEXT, "links in a message"),
    ("link", "warn-soft", TEXT, "links in a warning"),
    ("link", "bad-soft", TEXT, "links in an error"),
    ("link", "info-soft", TEXT, "links in a note"),
    ("link-hover", "page", TEXT, "links, pointed at"),
    ("link-hover", "soft", TEXT, "links on bands, pointed at"),
    ("on-brand", "brand", TEXT, "button"),
    ("on-brand", "brand-hover", TEXT, "button, pointed at"),
    ("on-sun", "sun", TEXT, "date tile, second button"),
    ("on-hero", "hero", TEXT, "hero"),
    ("on-deep", "deep", TEXT, "panel of a call"),
    ("ok", "ok-soft", TEXT, "done"),
    ("warn", "warn-soft", TEXT, "few, old, soon"),
    ("bad", "bad-soft", TEXT, "error"),
    ("info", "info-soft", TEXT, "note"),
    ("bad", "page", TEXT, "error at a field"),
    ("bad", "card", TEXT, "late"),
    ("warn", "page", TEXT, "outdated translation"),
    ("ok", "soft", TEXT, "check on bands"),
    ("warn", "soft", TEXT, "old fact on bands"),
    ("ok", "page", TEXT, "saved"),
    ("page", "ok", TEXT, "tick of a done step"),
    ("page", "ink", TEXT, "chosen tab"),
    ("edge", "page", PART, "border of a control"),
    ("edge", "soft", PART, "border of a control on bands"),
    ("edge", "card", PART, "meter"),
    ("warn", "card", PART, "meter, few"),
    ("bad", "card", PART, "meter, full"),
    ("brand", "page", PART, "button against page"),
    ("brand", "soft", PART, "button against band"),
    ("brand", "card", PART, "chosen mark"),
    ("on-brand", "brand", PART, "tick of a box"),
    ("focus", "halo", PART, "focus ring in its halo"),
)

HEADS = {
    "light": r":root\{\s*color-scheme:light",
    "dark": r":root\[data-theme=dark\]\{",
    "contrast": r":root\[data-theme=contrast\]\{\s*color-scheme",
    "yellow": r":root\[data-theme=yellow\]\{\s*color-scheme",
    "automatic dark": r"prefers-color-scheme:dark\)\{:root:not\(\[data-theme\]\)\{",
    "automatic contrast": r"prefers-contrast:more\)\{:root:not\(\[data-theme\]\)\{",
}


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    shares = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def declarations(css: str, theme: str) -> dict[str, str]:
    """Every custom property of a theme's block, as written."""
    head = re.search(HEADS[theme], css)
    assert head, f"no block for {theme}"
    start = css.index("{", head.start() + head.group().rindex(":root"))
    return dict(re.findall(r"--([\w-]+):([^;}]+)", css[start : css.index("}", start)]))


def too_low(css: str) -> list[str]:
    """Each pair of each theme whose contrast is lower than it must be."""
    found = []
    for theme in THEMES:
        tokens = declarations(css, theme)
        for foreground, background, least, where in PAIRS:
            value = ratio(tokens[foreground], tokens[background])
            if value < least:
                found.append(f"{theme}: {foreground} on {background} is {value:.2f}, needs {least} ({where})")
    return found


@pytest.fixture(scope="module")
def css() -> str:
    return LOOK.read_text(encoding="utf-8")


def test_contrast_every_pair_of_every_theme_is_enough(css: str) -> None:
    assert too_low(css) == []


def test_contrast_pale_hint_is_rejected(css: str) -> None:
    """The bad example: grey hints as most stylesheets have them."""
    light = declarations(css, "light")["muted"]
    bad = css.replace(f"--muted:{light};", "--muted:#999;", 1)
    assert bad != css
    assert [problem for problem in too_low(bad) if problem.startswith("light: muted on page is 2.85")]


@pytest.mark.parametrize(("automatic", "chosen"), [("automatic dark", "dark"), ("automatic contrast", "contrast")])
def test_automatic_theme_equals_the_chosen_one(css: str, automatic: str, chosen: str) -> None:
    assert declarations(css, automatic) == declarations(css, chosen)


def test_colours_are_named_in_the_themes_only(css: str) -> None:
    """A colour outside part 2 would be the same in every theme: unreadable in one of them."""
    parts = css.split("/* ---------- ")
    rest = "".join(part for part in parts if part[0] in "345678")
    assert re.findall(r"(?<![\w&])#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", rest) == []


def test_known_ratios() -> None:
    assert round(ratio("#000", "#ffffff"), 1) == 21.0
    assert round(ratio("#777", "#fff"), 2) == 4.48

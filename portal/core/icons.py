"""Icons: Phosphor bold, vendored in static/icons, written into the page so that they take the colour of the text.

An icon always stands beside a word, so it is hidden from screen readers.
"""

import functools
import re
from pathlib import Path

from markupsafe import Markup

ICONS = Path(__file__).resolve().parent.parent / "static" / "icons"


@functools.lru_cache(maxsize=256)
def icon(name: str) -> Markup:
    """The inline SVG of a vendored icon. Raises KeyError for a name that is not in the folder."""
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name):
        raise KeyError(name)
    try:
        source = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise KeyError(f"No icon {name!r}: add it to tools/vendor.mjs and run that.") from error
    drawing = source[source.index(">") + 1 : source.rindex("</svg>")]
    # S704: the drawing is a file of this repository, not something a person sent.
    return Markup(  # noqa: S704
        f'<svg class="icon" viewBox="0 0 256 256" aria-hidden="true" focusable="false">{drawing}</svg>'
    )

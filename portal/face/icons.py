"""Icons: Phosphor bold, vendored as one sprite; a page names them, and they take the colour of the text.

An icon always stands beside a word, so it is hidden from screen readers.
"""

import functools
import re

from markupsafe import Markup

from portal.face.web.addresses import STATIC, static_url

SPRITE = "icons/sprite.svg"


@functools.lru_cache(maxsize=1)
def icon_names() -> frozenset[str]:
    """The icons that the sprite holds."""
    return frozenset(re.findall(r'<symbol id="([a-z-]+)"', (STATIC / SPRITE).read_text(encoding="utf-8")))


@functools.lru_cache(maxsize=256)
def icon(name: str) -> Markup:
    """An icon of the sprite as SVG. Raises KeyError for a name that it does not hold."""
    if name not in icon_names():
        raise KeyError(f"No icon {name!r}: add it to tools/vendor.mjs and run that.")
    # S704: the name is one of the sprite's and the address our own.
    return Markup(  # noqa: S704
        f'<svg class="icon" aria-hidden="true"><use href="{static_url(SPRITE)}#{name}"/></svg>'
    )

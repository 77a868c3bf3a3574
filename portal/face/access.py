"""The reader's own settings of the page: contrast, size of text, spacing and so on.

They live in one cookie that is not signed, because it holds nothing secret and changes nothing but the look; so
whatever comes back is checked against the lists below and the rest is dropped.
"""

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field

COOKIE = "access"
LIFETIME_DAYS = 365
THEMES = ("auto", "light", "dark", "contrast", "yellow")
TEXT_SIZES = (100, 125, 150, 200)
SWITCHES = ("spaced", "underlined", "readable", "still")
LONGEST = 80  # characters of a cookie that we would ever write, with room


@dataclass(frozen=True, slots=True)
class AccessSettings:
    """What one reader chose; the defaults follow the device."""

    theme: str = "auto"
    text: int = 100
    switches: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_default(self) -> bool:
        return self == DEFAULT

    @property
    def theme_attribute(self) -> str | None:
        """The value of data-theme on html, or None where the device decides."""
        return None if self.theme == "auto" else self.theme

    @property
    def classes(self) -> str:
        """The classes of html; empty where nothing is changed."""
        size = [] if self.text == 100 else [f"text-{self.text}"]
        return " ".join(size + [name for name in SWITCHES if name in self.switches])

    @property
    def cookie(self) -> str:
        """The cookie's value, such as `dark.150.spaced.still`; `parse` reads it back."""
        return ".".join([self.theme, str(self.text), *(name for name in SWITCHES if name in self.switches)])


DEFAULT = AccessSettings()


@functools.lru_cache(maxsize=256)
def parse(cookie: str) -> AccessSettings:
    """The settings in a cookie; whatever it holds that we do not know is dropped, so this never fails."""
    if not cookie or len(cookie) > LONGEST:
        return DEFAULT
    theme, _, rest = cookie.partition(".")
    text, _, switches = rest.partition(".")
    return chosen(theme, text, switches.split("."))


def chosen(theme: str, text: str, switches: Iterable[str]) -> AccessSettings:
    """The settings that a form or a cookie asks for, limited to those that exist."""
    sizes = {str(size): size for size in TEXT_SIZES}
    return AccessSettings(
        theme=theme if theme in THEMES else DEFAULT.theme,
        text=sizes.get(text, DEFAULT.text),
        switches=frozenset(switches).intersection(SWITCHES),
    )

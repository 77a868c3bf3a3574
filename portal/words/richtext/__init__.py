"""HTML of people: cleaned once, when it is written. What is stored may be shown; `prose` gives its tables a box."""

from portal.words.richtext.cleaning import MAX_BYTES, clean
from portal.words.richtext.reading import Line, excerpt, lines, plain
from portal.words.richtext.showing import breakable, prose

__all__ = ["MAX_BYTES", "Line", "breakable", "clean", "excerpt", "lines", "plain", "prose"]

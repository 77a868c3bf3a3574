"""HTML of people: cleaned once, when it is written. What is stored may be shown as it is."""

from portal.words.richtext.cleaning import MAX_BYTES, clean
from portal.words.richtext.reading import excerpt, plain

__all__ = ["MAX_BYTES", "clean", "excerpt", "plain"]

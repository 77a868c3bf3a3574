"""What an area is found by, in any alphabet and spelling."""

from collections.abc import Iterable

from portal.words.i18n import Localized
from portal.words.text import fold, skeletons


def found_by(name: Localized, aliases: Iterable[str] = ()) -> str:
    """The folded words of its names and other names, each once in their order, with a space before and after every word."""
    texts = (*name.texts.values(), *aliases)
    words = {word for text in texts for word in f"{fold(text)} {skeletons(text)}".split()}
    return f" {' '.join(sorted(words))} "

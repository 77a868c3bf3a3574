"""Rich text of people as blocks of a paper: headings, paragraphs, quotations and lists, in the language they are really in."""

from collections.abc import Iterator
from itertools import groupby

from portal.face.pdf.paper import Block, Items, Part, Passage
from portal.words.i18n import Shown, _
from portal.words.richtext import lines
from portal.words.vocabularies import language_name


def rich(html: Shown) -> Iterator[Block]:
    """What stands under a heading of level 2, with the notes that its page has about the language."""
    yield from noted(html)
    for kind, some in groupby(lines(html.text), lambda line: line.kind):
        said = [_in_its_language(line.words, html) for line in some]
        if kind in ("item", "step"):
            yield Items(said, numbered=kind == "step")
        else:
            yield from (
                Part(one, 3) if kind == "heading" else Passage(one, "quote" if kind == "quote" else "") for one in said
            )


def noted(words: Shown) -> Iterator[Passage]:
    """What is to be known about the language of a text before it is read."""
    if words.text and words.is_fallback:
        yield Passage(_("Shown in %(language)s", language=language_name(words.lang)), "before")
    if words.text and words.is_outdated:
        yield Passage(_("This translation is older than the original text."), "before")


def _in_its_language(words: str, html: Shown) -> Shown:
    return Shown(words, html.lang, html.is_fallback, html.is_outdated, html.is_original)

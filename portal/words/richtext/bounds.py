"""What a parser may be given: HTML whose tree stays small, without the parts in which nobody wrote a word.

Comments, programs and the elements of Office are taken out here, not skipped: so what is counted is what is parsed, and
nothing can be hidden from the count.
"""

import re

# Elements that go with everything in them: programs, styles, foreign markup, office metadata.
DROPPED = {
    "script", "style", "template", "noscript", "iframe", "object", "embed", "applet", "svg", "math", "title", "head",
    "textarea", "select", "option", "audio", "video", "canvas", "xml", "frameset", "noembed", "noframes", "plaintext", "xmp",
}  # fmt: skip
# Open at the same time. A parser needs the square of it: 0.02 s for this many, 5 s for tens of thousands.
MOST_OPEN = 2_000
# A parser opens formatting again in each block after the one it was left open in: elements that this may make.
MOST_REOPENED = 150_000

# Each alternative runs to the end of the text where its own end is missing, so the whole is read once.
_UNSEEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"  # a comment
    r"|<[!?][^>]*+(?:>|\Z)"  # <![if !supportLists]>, <?xml:namespace …>
    r"|<(script|style|title|textarea|xml|xmp|iframe|noembed|noframes)(?=[\s/>])[^>]*+(?:>|\Z).*?(?:</\1[\s/>][^>]*+>?|\Z)"
    r"|</?[A-Za-z][A-Za-z0-9]*+:[^>]*+(?:>|\Z)",  # <o:p>, <st1:place>, <w:LsdException … />
    re.DOTALL | re.IGNORECASE,
)
_TAGS = re.compile(r"<(/?)([A-Za-z][^\s/>]{0,20})")
# What closes itself when the next one begins, or has no end.
_NOT_NESTING = frozenset("p li br hr img input meta link tr td th dt dd col wbr a".split())
_FORMATTING = frozenset("b big code em font i nobr s small strike strong tt u".split())


def seen(html: str) -> str:
    """`html` without comments, declarations, raw text and elements of other vocabularies."""
    return _UNSEEN.sub("", html)


def is_parsable(html: str) -> bool:
    """Does a parser need about as long as the text is? Counted before it is parsed, and never too low by much."""
    left: dict[str, int] = {}
    depth = formatting = reopened = 0
    for end, name in _TAGS.findall(html):
        tag = name.lower()
        reopened += formatting
        if reopened > MOST_REOPENED:
            return False
        if tag in _NOT_NESTING or (end and not left.get(tag)):
            continue
        step = -1 if end else 1
        left[tag] = left.get(tag, 0) + step
        depth += step
        formatting += step * (tag in _FORMATTING)
        if depth > MOST_OPEN:
            return False
    return True

"""Papers: PDF files that are read aloud as well as printed, set from data by one compiler (Typst)."""

from portal.face.pdf.compiling import MOST_BYTES, MOST_ROWS, NotMade, TooLong, pdf_of
from portal.face.pdf.paper import (
    TICK,
    Block,
    Head,
    Items,
    Lines,
    Pairs,
    Paper,
    Part,
    Passage,
    Photos,
    Picture,
    Pictures,
    Rows,
    Said,
    Way,
    Words,
)
from portal.face.pdf.rich import noted, rich

__all__ = [
    "MOST_BYTES",
    "MOST_ROWS",
    "TICK",
    "Block",
    "Head",
    "Items",
    "Lines",
    "NotMade",
    "Pairs",
    "Paper",
    "Part",
    "Passage",
    "Photos",
    "Picture",
    "Pictures",
    "Rows",
    "Said",
    "TooLong",
    "Way",
    "Words",
    "noted",
    "pdf_of",
    "rich",
]

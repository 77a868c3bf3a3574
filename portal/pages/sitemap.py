"""The sitemap: every public page in every language that it has, in files by kind and stretch of numbers.

The list of the files is counted and reads no page; a file asks for its own pages only, whatever there is beside them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from portal.declaration import findables
from portal.pages import queries
from portal.words.i18n import LANGUAGES
from portal.words.search import PublicPage

MOST = 10_000  # addresses, so that one file is enough
STRETCH = 3000  # numbers of one file: sitemaps.org allows 50,000 addresses, three languages of two pages are 18,000
LARGEST = 2**31 - 1  # number of a row
OWN = ("", "about", "accessibility", "privacy")
LISTS = "lists"  # the file of the pages that are not about one thing


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the sitemap, with those of the same page in each of its languages (itself among them)."""

    url: str
    alternates: tuple[tuple[str, str], ...]


def files() -> Sequence[str]:
    """The names of the files; one empty name when everything fits into a single one."""
    parts = queries.public_parts(STRETCH)
    if len(LANGUAGES) * sum(sum(counts.values()) for counts in parts.values()) <= MOST:
        return ("",)
    return [LISTS, *(f"{code}-{place + 1}" for code, counts in parts.items() for place in counts)]


def pages_of(file: str) -> Iterator[PublicPage] | None:
    """The pages of a file by its name, or None when no file has it; those of the empty name are all pages."""
    if file == LISTS:
        return _lists()
    if not file:
        return _all()
    code, _dash, number = file.rpartition("-")
    found = next((one for one in findables() if one.kind.code == code), None)
    if found is None or not (number.isascii() and number.isdigit() and len(number) < 7):
        return None
    if not 0 < int(number) <= LARGEST // STRETCH:
        return None
    return found.pages(range((int(number) - 1) * STRETCH, int(number) * STRETCH))


def addresses(base_url: str, pages: Iterable[PublicPage]) -> Iterator[Address]:
    """The addresses of pages under the base address of the portal."""
    for page in pages:
        alternates = tuple((code, f"{base_url}/{code}/{page.path}") for code in page.languages)
        yield from (Address(url, alternates) for _code, url in alternates)


def _lists() -> Iterator[PublicPage]:
    listing = (path for one in findables() for path in (one.list, *one.others))
    yield from (PublicPage(path, LANGUAGES) for path in (*OWN, *listing))


def _all() -> Iterator[PublicPage]:
    yield from _lists()
    for one in findables():
        yield from one.pages(range(LARGEST))

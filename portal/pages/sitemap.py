"""The sitemap: every public page in every language that it has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.declaration import findables
from portal.words.i18n import LANGUAGES
from portal.words.search import PublicPage

MOST = 10_000  # addresses in one file of the sitemap
OWN = ("", "about", "accessibility", "privacy")


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the sitemap, with those of the same page in each of its languages (itself among them)."""

    url: str
    alternates: tuple[tuple[str, str], ...]


def public_pages() -> Iterator[PublicPage]:
    """Every public page of the portal."""
    yield from (PublicPage(path, LANGUAGES) for path in OWN)
    for findable in findables():
        yield from findable.pages()


def addresses(base_url: str) -> Sequence[Address]:
    """All addresses under the base address of the portal."""
    found = []
    for page in public_pages():
        alternates = tuple((code, f"{base_url}/{code}/{page.path}") for code in page.languages)
        found += [Address(url, alternates) for _code, url in alternates]
    return found

"""The sitemap: every public page in every language that it has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.events import documents as events
from portal.membership import documents as membership
from portal.news import documents as news
from portal.organisations import documents as organisations
from portal.words.i18n import LANGUAGES

MOST = 10_000  # addresses in one file of the sitemap
OWN = ("", "about", "accessibility", "privacy")


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the sitemap, with those of the same page in each of its languages (itself among them)."""

    url: str
    alternates: tuple[tuple[str, str], ...]


def public_pages() -> Iterator[tuple[str, tuple[str, ...]]]:
    """(path without its language, languages that it exists in) of every public page of the portal."""
    yield from ((path, LANGUAGES) for path in OWN)
    yield "organisations", LANGUAGES
    yield from ((page.path, page.languages) for page in organisations.addresses())
    for feature in (membership, events, news):
        yield from feature.public_pages()


def addresses(base_url: str) -> Sequence[Address]:
    """All addresses under the base address of the portal."""
    found = []
    for path, languages in public_pages():
        alternates = tuple((code, f"{base_url}/{code}/{path}") for code in languages)
        found += [Address(url, alternates) for _code, url in alternates]
    return found

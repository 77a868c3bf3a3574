"""What search and the sitemap get of networks."""

from collections.abc import Iterator

from portal.membership import queries
from portal.membership.models import KIND, Network
from portal.words.i18n import LANGUAGES
from portal.words.richtext import plain
from portal.words.search import Document, Findable, PublicPage


def languages_of(network: Network) -> tuple[str, ...]:
    """The languages that the page of a network exists in, that of its name first."""
    known = {*network.name.languages, *network.summary.languages, *network.description.languages}
    return tuple(sorted(known, key=lambda code: (code != network.name.original, LANGUAGES.index(code))))


def document(network: Network) -> Document:
    """A network is found by what it says about itself."""
    return Document(
        kind=KIND,
        object_id=network.id,
        url=f"networks/{network.slug}",
        title=network.name,
        summary=network.summary,
        text=[plain(html) for html in network.description.texts.values()],
    )


def pages() -> Iterator[PublicPage]:
    yield PublicPage("networks/", LANGUAGES)
    for network in queries.all_networks():
        yield PublicPage(f"networks/{network.slug}", languages_of(network))


FINDABLE = Findable(KIND, pages)

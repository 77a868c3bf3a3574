"""What search and the sitemap get of networks."""

import re
from collections.abc import Iterator

from portal.membership import queries
from portal.membership.models import Network
from portal.words import search
from portal.words.i18n import LANGUAGES

_TAG = re.compile(r"<[^>]+>")


def languages_of(network: Network) -> tuple[str, ...]:
    """The languages that the page of a network exists in, that of its name first."""
    known = {*network.name.languages, *network.summary.languages, *network.description.languages}
    return tuple(sorted(known, key=lambda code: (code != network.name.original, LANGUAGES.index(code))))


def index_network(network: Network) -> None:
    """Let the network be found by what it says about itself. Inside a transaction."""
    words = [_TAG.sub(" ", text) for text in network.description.texts.values()]
    document = search.Document(
        kind="network",
        object_id=network.id,
        url=f"networks/{network.slug}",
        title=network.name,
        summary=network.summary,
        text=words,
    )
    search.index([document])


def public_pages() -> Iterator[tuple[str, tuple[str, ...]]]:
    """(path without its language, languages that it exists in) of every public page of this feature."""
    yield "networks/", LANGUAGES
    for network in queries.all_networks():
        yield f"networks/{network.slug}", languages_of(network)

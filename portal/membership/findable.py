"""What search and the sitemap get of networks."""

from collections.abc import Iterator

import sqlalchemy as sa

from portal.ground.statements import streamed, table
from portal.membership.models import KIND, Network
from portal.words.i18n import LANGUAGES, Localized
from portal.words.richtext import plain
from portal.words.search import Document, Findable, PublicPage

_network = table(Network).c


def languages_of(network: Network) -> tuple[str, ...]:
    """The languages that the page of a network exists in, that of its name first."""
    return _languages(network.name, network.summary, network.description)


def _languages(name: Localized, *more: Localized) -> tuple[str, ...]:
    known = {language for text in (name, *more) for language in text.languages}
    return tuple(sorted(known, key=lambda code: (code != name.original, LANGUAGES.index(code))))


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


def public() -> sa.Select[int]:
    return sa.select(_network.id)


def pages(numbers: range) -> Iterator[PublicPage]:
    texts = (_network.name, _network.summary, _network.description)
    found = sa.select(_network.slug, *texts).where(_network.id >= numbers.start, _network.id < numbers.stop)
    for slug, *written in streamed(found.order_by(_network.id), 200):
        yield PublicPage(f"networks/{slug}", _languages(*written))


FINDABLE = Findable(KIND, "networks/", public, pages)

"""What search and the site map get of calls: those that are public."""

from collections.abc import Iterator

from portal.grants import queries
from portal.grants.models import KIND, Call
from portal.ground.statements import streamed
from portal.words.richtext import plain
from portal.words.search import Document, Findable, PublicPage


def document(call: Call) -> Document:
    """A call is found by its title, number and announcement in every language."""
    return Document(
        kind=KIND,
        object_id=call.id,
        url=f"grants/{call.slug}",
        title=call.title,
        summary=call.summary,
        text=[*(plain(html) for html in call.description.texts.values()), call.number],
    )


def pages(numbers: range) -> Iterator[PublicPage]:
    found = queries.findable_ids().with_only_columns(Call.slug, Call.title).order_by(Call.id)
    found = found.where(Call.id >= numbers.start, Call.id < numbers.stop)
    for slug, title in streamed(found, 200):
        yield PublicPage(f"grants/{slug}", title.languages)


FINDABLE = Findable(KIND, "grants", queries.findable_ids, pages)

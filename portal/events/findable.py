"""What search and the sitemap get of events: those that were ever published."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from portal.events import queries
from portal.events.models import KIND, Event, ProgrammeSession
from portal.ground.statements import streamed
from portal.words.richtext import plain
from portal.words.search import Document, Findable, PublicPage


def document(event: Event, sessions: Sequence[ProgrammeSession]) -> Document:
    """An event is found by its own words and by those of its programme."""
    words = [*(plain(html) for html in event.description.texts.values()), *event.venue.texts.values()]
    for session in sessions:
        words += [*session.title.texts.values(), *session.abstract.texts.values(), session.speakers]
    return Document(
        kind=KIND,
        object_id=event.id,
        url=f"events/{event.slug}",
        title=event.title,
        summary=event.summary,
        places=(event.town,),
        text=words,
    )


def public() -> sa.Select[int]:
    return sa.select(Event.id).where(queries.findable_condition())


def pages(numbers: range) -> Iterator[PublicPage]:
    found = public().with_only_columns(Event.slug, Event.title).order_by(Event.id)
    found = found.where(Event.id >= numbers.start, Event.id < numbers.stop)
    for slug, title in streamed(found, 200):
        yield PublicPage(f"events/{slug}", title.languages)
        yield PublicPage(f"events/{slug}/programme", title.languages)


FINDABLE = Findable(KIND, "events", public, pages, queries.towns, queries.spans)

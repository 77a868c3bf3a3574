"""What search and the sitemap get of events: those that were ever published."""

import datetime as dt
from collections.abc import Iterator, Sequence

from portal.core.richtext import plain
from portal.core.search import Document
from portal.events import queries
from portal.events.models import Event, ProgrammeSession


def document(event: Event, sessions: Sequence[ProgrammeSession]) -> Document:
    """An event is found by its own words and by those of its programme."""
    words = [*(plain(html) for html in event.description.texts.values()), *event.venue.texts.values()]
    for session in sessions:
        words += [*session.title.texts.values(), *session.abstract.texts.values(), session.speakers]
    return Document(
        kind="event",
        object_id=event.id,
        url=f"events/{event.slug}",
        title=event.title,
        summary=event.summary,
        places=(event.town,),
        text=words,
    )


def sitemap() -> Iterator[tuple[str, tuple[str, ...], dt.datetime]]:
    """(path without language, languages, last change) of every public page of events."""
    for slug, title, updated_at in queries.for_sitemap():
        yield f"events/{slug}", title.languages, updated_at
        yield f"events/{slug}/programme", title.languages, updated_at

"""What search and the sitemap get of events: those that were ever published."""

from collections.abc import Iterator, Sequence

from portal.events import queries
from portal.events.models import KIND, Event, ProgrammeSession
from portal.words.i18n import LANGUAGES
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


def pages() -> Iterator[PublicPage]:
    yield PublicPage("events", LANGUAGES)
    for event in queries.public_events():
        yield PublicPage(f"events/{event.slug}", event.title.languages)
        yield PublicPage(f"events/{event.slug}/programme", event.title.languages)


FINDABLE = Findable(KIND, pages, queries.towns)

"""What events hold about people: the names of speakers, which the organisers of a public programme typed."""

from portal.events import queries
from portal.privacy import Farewell, Note, Part, Subject
from portal.words.i18n import _l


def _farewell(subject: Subject) -> Farewell:
    named = queries.events_with_speaker(subject.name)
    if not named:
        return Farewell()
    sentence = _l("The name stays in the public programme of these events until the organisers remove it:")
    return Farewell(stays=[Note(sentence, [(one.title, "events.show", {"slug": one.slug}) for one in named])])


PART = Part(
    farewell=_farewell,
    kept=(_l("The names of speakers appear in the public programme of an event for as long as it can be read."),),
)

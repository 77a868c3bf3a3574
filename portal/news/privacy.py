"""What news hold about people: who wrote a post."""

from portal.news import queries, services
from portal.news.models import Post
from portal.organisations.queries import drafts_of_nobody_else
from portal.privacy import Farewell, Fate, Holding, Note, Part, Subject, by_number
from portal.words.i18n import _l


def _farewell(subject: Subject) -> Farewell:
    if not queries.has_written(subject.person_id):
        return Farewell()
    sentence = _l("Posts stay with the organisation or network that they belong to, without the name of the author.")
    return Farewell(stays=[Note(sentence)])


def _leave(subject: Subject) -> None:
    """Posts of drafts that are about to be deleted take their pictures with them."""
    services.forget_covers([draft.id for draft in drafts_of_nobody_else(subject.person_id)])


PART = Part(
    holdings=(Holding(Post, _l("The posts that were written."), (by_number(Post.author_id, Fate.UNNAMED),)),),
    farewell=_farewell,
    leave=_leave,
)

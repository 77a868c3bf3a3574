"""What is said about a document of a project: what comes of the work, seen with the card or by its own people."""

from collections.abc import Iterable, Mapping

from portal.documents.fields import OF_WORK, document_fields
from portal.documents.models import DocumentKind
from portal.ground.sentences import Sentence
from portal.organisations.models import Visibility
from portal.words.i18n import _l
from portal.words.text import capital_pairs

# Of the scale of visibilities the two that a project has: a card is for everybody or for few.
WHO_SEES: Mapping[str, Sentence] = {
    Visibility.PUBLIC: _l("everybody who sees the card"),
    Visibility.PRIVATE: _l("only those who look after the project"),
}


def _seen() -> Iterable[tuple[str, str]]:
    return capital_pairs((code, str(words)) for code, words in WHO_SEES.items())


OF_PROJECT = document_fields(OF_WORK | {DocumentKind.EASY_READ, DocumentKind.OTHER}, _seen)

"""What is said about a document. The file itself is no field."""

from portal.organisations.models import Visibility
from portal.words.fields import Field, FieldSet, Group, Kind
from portal.words.i18n import _l
from portal.words.text import in_order
from portal.words.vocabularies import pairs, vocabulary

LONGEST_TITLE = 120


def _capital(name: str) -> list[tuple[str, str]]:
    return [(code, words[:1].upper() + words[1:]) for code, words in pairs(vocabulary(name))]


DOCUMENT = FieldSet(
    Field(
        "kind", Kind.LIST, _l("What it is"), choices=lambda: [("", _l("Choose from the list")), *_capital("document_type")],
        needed=_l("Choose what kind of document it is."), width="m",
    ),
    Field(
        "language", Kind.LIST, _l("Language of the document"), width="m",
        choices=lambda: pairs(in_order(vocabulary("languages"), lambda term: term.label)),
        needed=_l("Choose the language of the document."),
    ),
    Field(
        "year", Kind.NUMBER, _l("Year"), width="s", hint=_l("Of a report the year that it is about, else the year it is from."),
    ),
    Field(
        "visibility", Kind.LIST, _l("Who sees it"), choices=lambda: _capital("visibility"), start=Visibility.PUBLIC,
        needed=_l("Choose who sees it."), width="m",
    ),
    Group.of(
        _l("Title"),
        Field(
            "title_pl", Kind.LINE, _l("Title in Polish"), most=LONGEST_TITLE, translated=True, language="pl", column="title",
            hint=_l("Without a title the kind of document stands in its place."),
        ),
        Field(
            "title_bg", Kind.LINE, _l("Title in Bulgarian"), most=LONGEST_TITLE, translated=True, language="bg",
            column="title",
        ),
        Field(
            "title_en", Kind.LINE, _l("Title in English"), most=LONGEST_TITLE, translated=True, language="en",
            column="title",
        ),
    ),
)  # fmt: skip

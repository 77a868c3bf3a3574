"""What is said about a document. The file itself is no field."""

from collections.abc import Collection

from portal.documents.models import DocumentKind
from portal.organisations.models import Visibility
from portal.words.fields import Field, FieldSet, Group, Kind, Pairs
from portal.words.i18n import _l
from portal.words.text import capital_pairs, in_order
from portal.words.vocabularies import pairs, vocabulary

LONGEST_TITLE = 120
# What comes of work for others, and not of being an organisation.
OF_WORK = frozenset({DocumentKind.EXPERT_OPINION, DocumentKind.PUBLICATION, DocumentKind.REPORT})


def _kinds(codes: Collection[str]) -> list[tuple[str, str]]:
    return capital_pairs(pairs(term for term in vocabulary("document_type") if term.code in codes))


def _scale() -> list[tuple[str, str]]:
    return capital_pairs(pairs(vocabulary("visibility")))


def document_fields(kinds: Collection[DocumentKind], who_sees: Pairs) -> FieldSet:
    """The fields of the documents of an owner: which kinds it has, and who can be let see them."""
    return FieldSet(
        Field(
            "kind", Kind.LIST, _l("What it is"), needed=_l("Choose what kind of document it is."), width="m",
            choices=lambda: [("", _l("Choose from the list")), *_kinds(kinds)],
        ),
        Field(
            "language", Kind.LIST, _l("Language of the document"), width="m",
            choices=lambda: pairs(in_order(vocabulary("languages"), lambda term: term.label)),
            needed=_l("Choose the language of the document."),
        ),
        Field(
            "year", Kind.NUMBER, _l("Year"), width="s",
            hint=_l("Of a report the year that it is about, else the year it is from."),
        ),
        Field(
            "visibility", Kind.LIST, _l("Who sees it"), choices=who_sees, start=Visibility.PUBLIC,
            needed=_l("Choose who sees it."), width="m",
        ),
        Group.of(
            _l("Title"),
            Field(
                "title_pl", Kind.LINE, _l("Title in Polish"), most=LONGEST_TITLE, translated=True, language="pl",
                column="title", hint=_l("Without a title the kind of document stands in its place."),
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


DOCUMENT = document_fields([*DocumentKind], _scale)  # whoever it belongs to: as it is stored
OF_ORGANISATION = document_fields(frozenset(DocumentKind) - OF_WORK, _scale)

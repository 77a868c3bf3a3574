"""What is said about a picture of a card. The file itself is no field."""

from portal.ground.sentences import Sentence
from portal.projects.models import PictureKind
from portal.words.fields import Field, FieldSet, Group, Kind, Pairs
from portal.words.i18n import _l
from portal.words.text import capital_pairs
from portal.words.vocabularies import pairs, vocabulary

LONGEST_ALT = 150
LONGEST_CAPTION = 200
_LANGUAGES: tuple[tuple[str, Sentence, Sentence], ...] = (
    ("pl", _l("What the picture shows, in Polish"), _l("Caption in Polish")),
    ("bg", _l("What the picture shows, in Bulgarian"), _l("Caption in Bulgarian")),
    ("en", _l("What the picture shows, in English"), _l("Caption in English")),
)

_HOW = _l("One sentence for people who do not see the picture; one language is enough. Of a logo: whose it is.")


def _of(name: str) -> Pairs:
    return lambda: capital_pairs(pairs(vocabulary(name)))


def _alt(code: str, label: Sentence) -> Field:
    return Field(
        f"alt_{code}", Kind.LINE, label, most=LONGEST_ALT, translated=True, language=code, column="alt", depends=True,
        hint=_HOW if code == "pl" else "",
    )  # fmt: skip


def _caption(code: str, label: Sentence) -> Field:
    return Field(
        f"caption_{code}", Kind.LINE, label, most=LONGEST_CAPTION, translated=True, language=code, column="caption"
    )


PICTURE = FieldSet(
    Field(
        "kind", Kind.RADIO, _l("What kind of picture it is"), choices=_of("picture_kind"),
        start=PictureKind.PHOTO, needed=_l("Choose whether it is a photo or a logo."),
    ),
    Field(
        "consent", Kind.RADIO, _l("People on the photo"), choices=_of("picture_consent"), depends=True,
        hint=_l("For a child a parent or guardian agrees. A logo needs no answer."),
    ),
    Group.of(_l("Description"), *(_alt(code, label) for code, label, _caption_label in _LANGUAGES)),
    Group.of(_l("Caption under the photo"), *(_caption(code, label) for code, _alt_label, label in _LANGUAGES)),
    Field("author", Kind.LINE, _l("Author of the photo"), most=120, width="m", autocomplete="off"),
)  # fmt: skip

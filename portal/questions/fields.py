"""What is said of a question, by its kind."""

from collections.abc import Mapping

from portal.questions.models import QuestionKind
from portal.words.fields import Field, FieldSet, Group, Kind
from portal.words.i18n import _l

NO_TEXT = _l("Enter the question.")
LINE = 300  # characters of a short answer, where the question says nothing else
LONGEST_LINE = 500
TEXT = 4000  # of a long one
LONGEST = 10_000
MOST_WORDS = 2000
MOST_OPTIONS = 40
LARGEST = 10**12

_TEXT = Field("text", Kind.LINE, _l("Question"), most=500, translated=True, needed=NO_TEXT)
_STATEMENT = Field(
    "text", Kind.LINES, _l("What people agree to"), most=2000, translated=True, rows=4,
    needed=_l("Enter what people agree to."), hint=_l("A whole sentence, as it will stand beside the box."),
)  # fmt: skip
_HINT = Field(
    "hint", Kind.LINE, _l("Help with the answer"), most=500, translated=True,
    hint=_l("Shown under the question, for example how long the answer should be."),
)  # fmt: skip
_REQUIRED = Field("required", Kind.YES, _l("An answer is required"), start=True)
MOST_DAYS = 365
# Only whoever asks for something that ends has it in the form: see `forms.new_form`.
_KEPT = Field(
    "kept_days", Kind.NUMBER, _l("Days after the event until the answers are deleted"), most=MOST_DAYS, width="s",
    hint=_l("Empty: they go together with the name. 0: as soon as the event is over. The form tells people."),
)  # fmt: skip
_COMMON = (_TEXT, _HINT, _REQUIRED, _KEPT)


def _letters(most: int) -> Field:
    return Field("most_letters", Kind.NUMBER, _l("At most so many characters"), least=1, most=most, width="s")


_WORDS = Field("most_words", Kind.NUMBER, _l("At most so many words"), least=1, most=MOST_WORDS, width="s")

SHORT = FieldSet(*_COMMON, _letters(LONGEST_LINE))
LONG = FieldSet(*_COMMON, Group.of("", _WORDS, _letters(LONGEST), beside=True))
CHOICE = FieldSet(*_COMMON)
SEVERAL = FieldSet(
    *_COMMON,
    Group.of(
        "",
        Field("least_choices", Kind.NUMBER, _l("At least so many answers"), least=1, most=MOST_OPTIONS, width="s"),
        Field("most_choices", Kind.NUMBER, _l("At most so many answers"), least=1, most=MOST_OPTIONS, width="s"),
        beside=True,
    ),
)
NUMBER = FieldSet(
    *_COMMON,
    Group.of(
        "",
        Field("least", Kind.DECIMAL, _l("Smallest number"), width="s"),
        Field("most", Kind.DECIMAL, _l("Largest number"), width="s"),
        beside=True,
    ),
)
DATE = FieldSet(
    *_COMMON,
    Group.of(
        "",
        Field("earliest", Kind.DAY, _l("First possible day"), width="s"),
        Field("latest", Kind.DAY, _l("Last possible day"), width="s"),
        beside=True,
    ),
)
FILE = FieldSet(*_COMMON)
CONSENT = FieldSet(_STATEMENT, _HINT, _REQUIRED, _KEPT)

FIELDS: Mapping[QuestionKind, FieldSet] = {
    QuestionKind.TEXT: SHORT,
    QuestionKind.LONG_TEXT: LONG,
    QuestionKind.CHOICE: CHOICE,
    QuestionKind.SEVERAL: SEVERAL,
    QuestionKind.NUMBER: NUMBER,
    QuestionKind.DATE: DATE,
    QuestionKind.FILE: FILE,
    QuestionKind.CONSENT: CONSENT,
}
RANGES = (
    ("least_choices", "most_choices", _l("There must be room for as many answers as are needed.")),
    ("least", "most", _l("The largest number must not be smaller than the smallest one.")),
    ("earliest", "latest", _l("The last possible day must not be before the first one.")),
)

"""One field: what it is called, what fits into it, and where its value is kept and shown."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass
from decimal import Decimal
from enum import StrEnum

from portal.ground.sentences import Sentence
from portal.words.i18n import Shown

Pairs = Callable[[], Iterable[tuple[str, Sentence | Shown]]]  # what can be chosen: (code, label)


class Kind(StrEnum):
    """What a value is, and how it is asked for."""

    LINE = "line"
    LINES = "lines"
    RICH = "rich"  # text with structure; clean HTML in its column
    EMAIL = "email"
    URL = "url"
    PHONE = "phone"
    NUMBER = "number"  # None: nobody has said
    DECIMAL = "decimal"  # with at most two decimals; None: nobody has said
    DAY = "day"  # a day of the calendar; None: nobody has said
    MOMENT = "moment"  # wall time in a form, an instant in its column; None: nobody has said
    LIST = "list"  # one code, chosen from a list
    RADIO = "radio"  # one code of few
    SEVERAL = "several"  # a tuple of codes
    YES = "yes"
    ROW = "row"  # the number of another row; None: no row

    @property
    def type(self) -> type:
        return _TYPES.get(self, str)

    @property
    def nothing(self) -> object:
        """The value of a field that was left empty."""
        return _NOTHING.get(self, "")


_TYPES: dict[Kind, type] = {
    Kind.NUMBER: int,
    Kind.ROW: int,
    Kind.DECIMAL: Decimal,
    Kind.DAY: dt.date,
    Kind.MOMENT: dt.datetime,
    Kind.SEVERAL: tuple,
    Kind.YES: bool,
}
_NOTHING: dict[Kind, object] = {
    **dict.fromkeys((Kind.NUMBER, Kind.DECIMAL, Kind.DAY, Kind.MOMENT, Kind.ROW)),
    Kind.SEVERAL: (),
    Kind.YES: False,
}


@dataclass(frozen=True, slots=True)
class Field:
    """What is written about a row in one place. `name` is the name of the form's field, the value and the column."""

    name: str
    kind: Kind
    label: Sentence
    _: KW_ONLY
    needed: Sentence | None = None  # what is said when it is left empty; None: it may be
    depends: bool = False  # others say whether it may be empty, so nobody calls it optional
    least: int = 0  # of a number
    most: int = 0  # characters of a text, or the largest number; 0: no bound
    choices: Pairs | None = None
    start: object = None  # what it holds in the form of a new row
    translated: bool = False  # a Localized column; all others are the same in every language
    language: str = ""  # the text is always that of this language, whatever the form is written in
    column: str = ""  # where its column is called otherwise
    joined: str = ""  # what stands between the codes where they are one text in their column
    public: bool = False  # one of the facts that a public page lists
    reviewed: bool = False  # one of the facts that are listed to who decides on publication
    told: Callable[[object], object] | None = None  # of a row: what a list of facts says in the place of the value
    hint: Sentence = ""
    width: str = ""  # of the control: "s", "m" or all there is
    rows: int = 0
    alone: bool = False  # nothing stands beside it
    autocomplete: str = ""
    digits: bool = False  # a text of digits: a phone shows its number keys

    @property
    def stored(self) -> str:
        """The name of its column."""
        return self.column or self.name

    @property
    def is_text(self) -> bool:
        return self.kind.type is str and self.choices is None

    def fits(self, value: object) -> bool:
        return value == self.kind.nothing or (
            isinstance(value, self.kind.type) and (self.kind is Kind.YES or not isinstance(value, bool))
        )

"""What is written about programmes of micro-grants and about their calls."""

from collections.abc import Iterable

from portal.events.words import ZONES
from portal.ground.sentences import Sentence
from portal.words.fields import Field, FieldSet, Group, Kind
from portal.words.i18n import _l
from portal.words.vocabularies import pairs, vocabulary

CURRENCIES = ("PLN", "EUR")
MOST_TOLERANCE = 300  # seconds
MOST_DAYS = 120  # working days of one limit
NO_TITLE = _l("Enter the title.")


def _currencies() -> Iterable[tuple[str, Sentence]]:
    return [(code, code) for code in CURRENCIES]


def _days(name: str, label: Sentence) -> Field:
    return Field(name, Kind.NUMBER, label, least=1, most=MOST_DAYS, width="s")


PROGRAMME = FieldSet(
    Field("title", Kind.LINE, _l("Title of the programme"), most=200, translated=True, needed=NO_TITLE),
    Field(
        "legal_basis", Kind.LINES, _l("Legal basis and funder"), most=1000, translated=True, rows=3,
        hint=_l("From which programme or contract the money comes. Applicants read it."),
    ),
    Group.of(
        "",
        Field("starts_on", Kind.DAY, _l("First day of the programme"), needed=_l("Enter the first day of the programme.")),
        Field("ends_on", Kind.DAY, _l("Last day of the programme")),
        Field("currency", Kind.LIST, _l("Currency of the grants"), choices=_currencies, start="PLN", width="s"),
        beside=True,
    ),
)  # fmt: skip

CALL = FieldSet(
    Field("title", Kind.LINE, _l("Title of the call"), most=150, translated=True, needed=NO_TITLE),
    Field(
        "number", Kind.LINE, _l("Number of the call"), most=20, width="s", needed=_l("Enter the number of the call."),
        hint=_l("As you count them, for example 1/2027."),
    ),
    Field(
        "summary", Kind.LINES, _l("In two sentences"), most=400, translated=True, rows=3, depends=True,
        hint=_l("For what, in plain words: a bench, an open-air cinema. Lists and the search show it."),
    ),
    Field("description", Kind.RICH, _l("Announcement"), most=30_000, translated=True, depends=True),
    Group.of(
        _l("When"),
        Field("opens_at", Kind.MOMENT, _l("Applications from"), depends=True),
        Field(
            "closes_at", Kind.MOMENT, _l("Deadline"), depends=True,
            hint=_l("23:59 counts to the end of that day. With any other hour, what arrives at it is late."),
        ),
        Field("timezone", Kind.LIST, _l("Time zone"), choices=ZONES.items, needed=_l("Choose the time zone.")),
        Field(
            "queue_tolerance_s", Kind.NUMBER, _l("Patience with a busy server, in seconds"), most=MOST_TOLERANCE, start=60,
            width="s", needed=_l("Enter a number from 0 to 300."),
            hint=_l("What was sent in time and waited in the queue is not late. The announcement says it."),
        ),
        beside=True,
    ),
    Group.of(
        _l("How much"),
        Field("smallest", Kind.DECIMAL, _l("Smallest grant"), width="s", depends=True),
        Field("largest", Kind.DECIMAL, _l("Largest grant"), width="s", depends=True),
        Field("pool", Kind.DECIMAL, _l("Money for all grants together"), width="s", depends=True),
        beside=True,
    ),
    Field(
        "applicants", Kind.SEVERAL, _l("Who may apply"), choices=lambda: pairs(vocabulary("applicant_kind")), joined=",",
        depends=True,
    ),
    Group.of(
        _l("What follows, in working days"),
        _days("check_days", _l("Formal check")),
        _days("correction_days", _l("Time for corrections")),
        _days("assessment_days", _l("Assessment")),
        _days("appeal_days", _l("Time for appeals")),
        beside=True,
    ),
)  # fmt: skip
LIMITS = tuple(field.name for field in CALL if field.most == MOST_DAYS)  # one after the other, from the deadline
# A new call is asked for little; the rest is written when it is known.
NEW_CALL = CALL.where(lambda field: field.name in ("title", "number", "timezone"))
EXTENSION = FieldSet(
    Field("after_at", Kind.MOMENT, _l("New deadline"), needed=_l("Enter the new deadline.")),
    Field(
        "reason", Kind.LINES, _l("Why the deadline moves"), most=1000, translated=True, rows=3,
        needed=_l("Say why, in a sentence or two."),
        hint=_l("Everybody reads it under the announcement."),
    ),
)  # fmt: skip

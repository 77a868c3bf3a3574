"""What is written about a project, in short sections."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.ground.sentences import Sentence
from portal.projects.models import HourLength
from portal.words.fields import Field, FieldSet, Group, Kind, Pairs
from portal.words.i18n import _l
from portal.words.vocabularies import pairs, vocabulary

# Currencies of programmes by ISO 4217, each with two decimals. Older Bulgarian projects were in levs.
CURRENCIES = ("EUR", "PLN", "BGN")
MOST_PARTNERS = 30  # lines of partners that are not in the directory


def _of(name: str) -> Pairs:
    return lambda: pairs(vocabulary(name))


def _one_of(name: str) -> Pairs:
    return lambda: [("", _l("Not said")), *pairs(vocabulary(name))]


def _currencies() -> Iterable[tuple[str, Sentence]]:
    return [("", _l("Not said")), *((code, code) for code in CURRENCIES)]


def _hours() -> Iterable[tuple[str, Sentence]]:
    return [(code, words) for code, words in pairs(vocabulary("indicator_unit")) if code in [*HourLength]]


def _story(name: str, label: Sentence, hint: Sentence) -> Field:
    return Field(name, Kind.RICH, label, most=30_000, translated=True, hint=hint)


WHAT = Group.of(
    _l("What the project is"),
    Field("title", Kind.LINE, _l("Title of the project"), most=200, translated=True, needed=_l("Enter the title.")),
    Field(
        "summary", Kind.LINES, _l("In short"), most=400, translated=True, rows=3,
        hint=_l("One or two sentences: for whom, and what changes for them. Lists and the search show them."),
    ),
    Field("areas", Kind.SEVERAL, _l("Area of support"), choices=_of("area_of_support"), joined=","),
    Field("network", Kind.ROW, _l("Network that the project works for"), column="network_id", width="m"),
)  # fmt: skip
TIME = Group.of(
    _l("Period and money"),
    Field("starts_on", Kind.DAY, _l("First day of the project"), needed=_l("Enter the first day of the project.")),
    Field("ends_on", Kind.DAY, _l("Last day of the project"), needed=_l("Enter the last day of the project.")),
    Field(
        "hour",
        Kind.LIST,
        _l("An hour of training has"),
        choices=_hours,
        start=HourLength.CLOCK,
        width="m",
        hint=_l("It stands beside the hours on the card."),
        alone=True,
    ),
    Field("cost", Kind.DECIMAL, _l("Cost of the project"), width="s"),
    Field("cost_currency", Kind.LIST, _l("Currency of the cost"), choices=_currencies, width="s"),
    Field("subsidy", Kind.DECIMAL, _l("Grant"), width="s"),
    Field("subsidy_currency", Kind.LIST, _l("Currency of the grant"), choices=_currencies, width="s"),
    beside=True,
)
WHOM = Group.of(
    _l("Reach and people"),
    Field("reach", Kind.LIST, _l("Reach"), choices=_one_of("territorial_scope"), width="m"),
    Field("activities", Kind.SEVERAL, _l("Activity types"), choices=_of("activity_type"), joined=","),
    Field("target_groups", Kind.SEVERAL, _l("Target groups"), choices=_of("target_group"), joined=","),
    Field(
        "other_partners", Kind.LINES, _l("Partners that are not in the directory"), most=3000, rows=4,
        hint=_l("One in a line. Organisations of the directory are asked on a page of their own."),
    ),
)  # fmt: skip
STORY = Group.of(
    _l("The story"),
    _story("problem", _l("What the project answered"), _l("What was hard, and for whom.")),
    _story("actions", _l("What was done"), _l("The main steps, in the order in which they came.")),
    _story("products", _l("What has been made"), _l("Things that others can use: handbooks, opinions, recordings.")),
    _story("results", _l("What has changed"), _l("What people do now that they did not do before.")),
    _story("evaluation", _l("How we see it"), _l("What worked, what did not, and what you would do differently.")),
)
PRACTICE = Group.of(
    _l("Good practice"),
    Field(
        "practice", Kind.LINE, _l("Title of the good practice"), most=200, translated=True,
        hint=_l("What others could do as you did, for example: An adviser in the municipal office once a month."),
    ),
    _story("practice_done", _l("What we did"), _l("In the order in which it came, so that others can follow.")),
    _story("practice_repeat", _l("How to repeat it"), _l("What one needs, whom to ask, what to avoid.")),
    _story("practice_cost", _l("What it cost"), _l("Money, time and people, as they really were.")),
)  # fmt: skip
FUNDER = Group.of(
    _l("Who pays"),
    Field("funder", Kind.LINE, _l("Funder or programme"), most=200, translated=True),
    Field(
        "funder_words", Kind.LINES, _l("Words that the funder demands"), most=1000, translated=True, rows=3,
        hint=_l("Copy them from the contract. They stand at the foot of the card, word for word."),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the card that is written on a page of its own."""

    code: str
    group: Group

    @property
    def title(self) -> Sentence:
        return self.group.legend

    @property
    def fields(self) -> FieldSet:
        return FieldSet(self.group)


SECTIONS = (
    Section("what", WHAT),
    Section("time", TIME),
    Section("whom", WHOM),
    Section("story", STORY),
    Section("practice", PRACTICE),
    Section("funder", FUNDER),
)
PROJECT = FieldSet(*(section.group for section in SECTIONS))
# A new project is asked for little; the rest is written when it is there.
NEW = PROJECT.where(lambda field: bool(field.needed) or field.name == "summary")
STORY_PARTS = FieldSet(STORY)
PRACTICE_PARTS = FieldSet(PRACTICE).where(lambda field: field.kind is Kind.RICH)
# Kept as history: all that is written. The network is a number, which says nothing to whoever reads it later.
KEPT = PROJECT.where(lambda field: field.kind is not Kind.ROW)

"""What is counted, in which unit and how: definitions with versions. A report says by which of them it was made.

A definition that changes gets a new version here, with the day from which it holds; the old one stays for reports.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.projects.models import Activity, HourLength, Strengthened
from portal.words.i18n import LazyString, _l

FEW = 5  # fewer people than that are not told in public
ATTENDED = 80  # per cent of a training that somebody must have attended to be strengthened by it
ADVISED = 120  # minutes of advice that strengthen
TOLD = 2  # the version of the definition of people by which a report keeps no number that tells of a smaller one

_FIRST = dt.date(2021, 1, 1)


class Measure(StrEnum):
    """What is added up."""

    MINUTES = "minutes"
    RECORDS = "records"
    PARTIES = "parties"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Definition:
    """How an indicator is counted, in words for everybody."""

    version: int
    since: dt.date
    words: LazyString


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of the vocabulary `indicator`, with its unit of `indicator_unit` and its definitions, the newest first.

    An empty unit is the hour of the project: of 60 minutes, or of 45.
    """

    code: str
    measure: Measure
    unit: str
    definitions: Sequence[Definition]
    activity: Activity | None = None
    kind: Strengthened | None = None

    @property
    def version(self) -> int:
        return self.definitions[0].version

    @property
    def units(self) -> Sequence[str]:
        """Its units: one, or each length of an hour."""
        return [self.unit] if self.unit else [*HourLength]

    def factor(self, unit: str) -> int:
        """How many of the kept amount are one in the unit: minutes of an hour, else 1."""
        return HourLength(unit).minutes if self.measure is Measure.MINUTES else 1


def _of(words: LazyString) -> Sequence[Definition]:
    return (Definition(1, _FIRST, words),)


_COUNTED = _l(
    "Each one that took place and was confirmed by a second person counts once. What is planned does not count."
)
_STRENGTHENED = _l(
    "Each counts once, however often it came and under how many names: if it attended at least 80 percent of a training,"
    " had at least 2 hours of advice or carried out a mini-project. Organisations, informal groups and local governments"
    " are counted apart."
)

INDICATORS: Sequence[Indicator] = (
    Indicator(
        "training-hours", Measure.MINUTES, "", activity=Activity.TRAINING,
        definitions=_of(
            _l(
                "The minutes of all trainings that took place and were confirmed by a second person, without breaks. The sum"
                " is divided by the length of an hour and rounded once, at the end. Two groups at the same time count twice."
            )
        ),
    ),
    Indicator(
        "advice-hours", Measure.MINUTES, "hour", activity=Activity.ADVICE,
        definitions=_of(
            _l(
                "The minutes of all advice that was given and confirmed by a second person. The sum is divided by 60 and"
                " rounded once, at the end."
            )
        ),
    ),
    Indicator(
        "community-sessions", Measure.RECORDS, "meeting", activity=Activity.COMMUNITY_SESSION, definitions=_of(_COUNTED)
    ),
    Indicator("mini-projects", Measure.RECORDS, "project", activity=Activity.MINI_PROJECT, definitions=_of(_COUNTED)),
    Indicator("expert-opinions", Measure.RECORDS, "document", activity=Activity.EXPERT_OPINION, definitions=_of(_COUNTED)),
    Indicator(
        "organisations-strengthened", Measure.PARTIES, "organisation", kind=Strengthened.ORGANISATION,
        definitions=_of(_STRENGTHENED),
    ),
    Indicator(
        "groups-strengthened", Measure.PARTIES, "group", kind=Strengthened.GROUP, definitions=_of(_STRENGTHENED)
    ),
    Indicator(
        "local-governments-supported", Measure.PARTIES, "local-government", kind=Strengthened.LOCAL_GOVERNMENT,
        definitions=_of(_STRENGTHENED),
    ),
    Indicator("events", Measure.RECORDS, "event", activity=Activity.EVENT, definitions=_of(_COUNTED)),
    Indicator("consultations", Measure.RECORDS, "meeting", activity=Activity.CONSULTATION, definitions=_of(_COUNTED)),
    Indicator("publications", Measure.RECORDS, "document", activity=Activity.PUBLICATION, definitions=_of(_COUNTED)),
    Indicator(
        "people-estimated", Measure.PEOPLE, "person",
        definitions=(
            Definition(
                TOLD, dt.date(2026, 12, 1),
                _l(
                    "The people that were counted at each activity, added up. Who came twice counts twice: it is an"
                    " estimate, and not told in public when it is smaller than 5. A report leaves activities of so few"
                    " people out where it would tell how few they were."
                ),
            ),
            *_of(
                _l(
                    "The people that were counted at each activity, added up. Who came twice counts twice: it is an estimate,"
                    " and not told in public when it is smaller than 5."
                )
            ),
        ),
    ),
)  # fmt: skip
RECORDS = "records"  # kept beside the figures: how many records are counted
BY_CODE: Mapping[str, Indicator] = {one.code: one for one in INDICATORS}
NEWEST: Mapping[str, int] = {code: one.version for code, one in BY_CODE.items()}

"""What is written down about something that a project did, in one short form."""

from collections.abc import Iterable

from portal.ground.sentences import Sentence
from portal.projects.models import Strengthened
from portal.words.fields import Field, FieldSet, Group, Kind
from portal.words.i18n import _l
from portal.words.vocabularies import pairs, vocabulary

MOST_MINUTES = 24 * 60
MOST_PEOPLE = 100_000
WAYS = frozenset({"expertise", "training", "mentoring", "study-visit"})  # how somebody is helped, and not with what


def _activities() -> Iterable[tuple[str, Sentence]]:
    return pairs(vocabulary("project_activity"))


def _stages() -> Iterable[tuple[str, Sentence]]:
    return [("", _l("Not said")), *pairs(vocabulary("advice_stage"))]


def _channels() -> Iterable[tuple[str, Sentence]]:
    return [("", _l("Not said")), *pairs(vocabulary("advice_channel"))]


def _topics() -> Iterable[tuple[str, Sentence]]:
    """What organisations look for and offer, so that advice is told by the same list; not the ways of helping."""
    return [("", _l("Not said")), *pairs(one for one in vocabulary("offer_need") if one.code not in WAYS)]


WHAT = Group.of(
    _l("What was done"),
    Field(
        "activity", Kind.LIST, _l("Kind of activity"), choices=_activities, needed=_l("Choose the kind of activity."),
        width="m",
    ),
    Field(
        "title", Kind.LINE, _l("What it was about"), most=200, translated=True, needed=_l("Say what it was about."),
        hint=_l("Everybody can read this, so write no names of people."),
    ),
    Field(
        "day", Kind.DAY, _l("Day"), needed=_l("Enter the day."),
        hint=_l("What lasts several days is written down day by day."),
    ),
    Field("place", Kind.LINE, _l("Place"), most=120, width="m"),
)  # fmt: skip
TIME = Group.of(
    _l("How long, and with whom"),
    Field(
        "minutes", Kind.NUMBER, _l("Minutes"), most=MOST_MINUTES, width="s",
        hint=_l("Without breaks. They are added up and rounded once, at the end."),
    ),
    Field(
        "begins", Kind.LINE, _l("It began at"), most=20, width="s",
        hint=_l("So that two trainings of one person at the same hour are noticed."),
    ),
    Field(
        "leader", Kind.LINE, _l("Who led it"), most=120,
        hint=_l("Only those who look after the project see this."),
    ),
    Field(
        "people", Kind.NUMBER, _l("How many people came"), most=MOST_PEOPLE, width="s",
        hint=_l("An estimate. It is shown as one, and never when it is smaller than 5."),
    ),
    Field(
        "evidence", Kind.LINE, _l("Evidence"), most=300,
        hint=_l("Where the list of attendance, the minutes or the file lies. Only those who look after the project see it."),
    ),
)  # fmt: skip
ADVICE = Group.of(
    _l("Only for advice"),
    Field("stage", Kind.LIST, _l("Stage of the advice"), choices=_stages, width="m"),
    Field("topic", Kind.LIST, _l("Topic of the advice"), choices=_topics, width="m"),
    Field("channel", Kind.LIST, _l("How the advice was given"), choices=_channels, width="m"),
    beside=True,
)
RECORD = FieldSet(WHAT, TIME, ADVICE)
MOST_TYPED = 40_000  # characters of a list of organisations
# Who took part, one in a line, and the event of the portal that it was: what rows beside the record keep.
LISTED = FieldSet(
    Field("organisations", Kind.LINES, _l("Organisations that took part"), most=MOST_TYPED),
    Field("groups", Kind.LINES, _l("Informal groups that took part"), most=MOST_TYPED),
    Field("local_governments", Kind.LINES, _l("Local governments that took part"), most=MOST_TYPED),
    Field("event", Kind.LINE, _l("Event of the portal"), most=300),
)
# The fields of the form in which organisations are named, and of what kind they are that have no profile.
PARTY_FIELDS = {
    "organisations": Strengthened.ORGANISATION,
    "groups": Strengthened.GROUP,
    "local_governments": Strengthened.LOCAL_GOVERNMENT,
}

"""The short form of advice: a few taps on a telephone. What it makes is a record like any other."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypedDict

from portal.accounts.models import Person
from portal.face.forms import (
    Check,
    ChoiceField,
    DateField,
    Form,
    IntegerField,
    TextField,
    between,
    choices,
    length,
    optional,
)
from portal.ground import clock
from portal.ground.errors import Refusal, Refusals
from portal.organisations.models import PUBLIC, OrganisationStatus
from portal.projects.models import ZONE, Activity, Project, RecordParty, Strengthened
from portal.projects.record_fields import MOST_MINUTES, PARTY_FIELDS, RECORD
from portal.projects.services import outside, read_parties
from portal.words.i18n import LazyString, Shown, _l, formats, written

QUICK = (15, 30, 45, 60, 90, 120)  # minutes
SHORT = frozenset({"title", "topic", "channel", "day"})
FIELD_OF = {kind: field for field, kind in PARTY_FIELDS.items()}
KINDS = {
    Strengthened.ORGANISATION: _l("an organisation"),
    Strengthened.GROUP: _l("an informal group"),
    Strengthened.LOCAL_GOVERNMENT: _l("a local government"),
}


class Written(TypedDict):
    """What `services.write_record` takes of it."""

    activity: str
    leader: str
    title: str
    day: dt.date | None
    minutes: int | None
    topic: str
    channel: str
    organisations: str
    groups: str
    local_governments: str


class AdviceForm(Form):
    """Advice that somebody gave. What was typed wins over what was tapped."""

    again = ChoiceField(_l("Who was advised"))
    who = TextField(_l("Name, or address of the profile"), [length(300)])
    minutes = ChoiceField(_l("How many minutes"))
    other_minutes = IntegerField(_l("Another number of minutes"), [optional(), between(1, MOST_MINUTES)])
    kind = ChoiceField(_l("Without a profile here it is"), default=Strengthened.ORGANISATION)
    day: DateField
    fields = RECORD.where(lambda field: field.name in SHORT)

    @classmethod
    def for_today(cls, project: Project, lately: Sequence[RecordParty]) -> "AdviceForm":
        """Of today, and given as the last one was; `lately` are those who can be chosen with one tap."""
        today = clock.today(ZONE)
        form = cls(
            data={
                "day": today if project.starts_on <= today <= project.ends_on else None,
                "again": "",
                "channel": lately[0].record.channel if lately else "",
                "kind": Strengthened.ORGANISATION,
            }
        )
        form.project = project
        form.lately = {str(one.id): one for one in lately if _is_open(one)}
        form.again.choices = choices(_tapped(form.lately, project))
        form.minutes.choices = choices([(str(one), formats.number(one)) for one in QUICK])
        form.kind.choices = choices([(kind.value, label) for kind, label in KINDS.items()])
        return form

    project: Project
    lately: Mapping[str, RecordParty]

    @property
    def parties(self) -> dict[str, str]:
        """Who was advised, as a record takes it: a line in the field of their kind, nothing in the others."""
        return dict.fromkeys(PARTY_FIELDS, "") | self._party()

    def _party(self) -> dict[str, str]:
        party = None if self.who.data else self.lately.get(self.again.data or "")
        if party is None:
            return {FIELD_OF[Strengthened(self.kind.data or Strengthened.ORGANISATION)]: self.who.data}
        line = party.name if party.organisation is None else f"/organisations/{party.organisation.slug}"
        return {FIELD_OF[Strengthened(party.kind)]: line}

    def record(self, adviser: Person) -> Written:
        """What is written down, in the name of whoever gave the advice."""
        parties, tapped = self.parties, int(self.minutes.data) if self.minutes.data else None
        return Written(
            activity=Activity.ADVICE, leader=adviser.name[: RECORD["leader"].most], title=self["title"].data,
            day=self.day.data, minutes=self.other_minutes.data or tapped, topic=self["topic"].data,
            channel=self["channel"].data, organisations=parties["organisations"], groups=parties["groups"],
            local_governments=parties["local_governments"],
        )  # fmt: skip

    @property
    def is_special(self) -> bool:
        """Has the folded part something to say?"""
        is_usual = self.day.data == clock.today(ZONE) and self.kind.data == Strengthened.ORGANISATION
        return not is_usual or bool(self.other_minutes.errors or self.other_minutes.data)

    def validate(self, extra_validators: Mapping[str, Sequence[Check]] | None = None) -> bool:
        """Everything that cannot be taken at once, also what a record would refuse."""
        fine = bool(super().validate(extra_validators))
        more = [*self._faults()]
        if more:
            self.refuse(Refusals(more))
        return fine and not more

    def _faults(self) -> Iterable[Refusal]:
        if not self.who.data and self.again.data not in self.lately:
            yield Refusal(_l("Say who was advised: the address of a profile, or a name."), field="who")
        elif not self.kind.errors:
            for fault in read_parties(self.parties, self.project.title.original)[1]:
                yield Refusal(fault.reason, field="who")
        if not self.minutes.data and not (self.other_minutes.data or self.other_minutes.errors):
            yield Refusal(_l("Choose how many minutes it lasted, or enter another number."), field="minutes")
        if self.day.data:
            yield from outside(self.day.data, self.project)


def _is_open(party: RecordParty) -> bool:
    return party.organisation is None or OrganisationStatus(party.organisation.status) in PUBLIC


def _tapped(lately: Mapping[str, RecordParty], project: Project) -> Iterator[tuple[str, Shown | LazyString]]:
    for value, party in lately.items():
        found = party.organisation
        yield value, written(party.name, project.title.original) if found is None else found.name.shown()
    if lately:
        yield "", _l("another organisation or group")

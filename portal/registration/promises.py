"""What people are told about how long their data are kept: on the form, on their own page and in their file. Pure.

It is made from the same periods as the deletion (`retaining`), so the sentences and what happens cannot differ.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.events.models import Event
from portal.ground import clock
from portal.questions.models import Question
from portal.registration import retaining
from portal.registration.models import PARTICIPANT
from portal.words.i18n import Localized

Sooner = Sequence[tuple[Localized, int]]  # a question and for how many days its answers are kept


@dataclass(frozen=True, slots=True)
class Promise:
    """For how many days after the event names are kept, by role ("" where all are alike), and which answers go sooner.

    `held_until`: the last day of a hold that keeps some of it for longer, and `reason` why. `holds_all`: no period ends later.
    """

    event: Event
    roles: Sequence[tuple[str, int]]
    sooner: Sooner
    held_until: dt.date | None = None
    reason: str = ""
    holds_all: bool = False

    @property
    def day(self) -> dt.date:
        """The day on which the names of the first role are deleted, where the event is."""
        return self._day(self.roles[0][1])

    @property
    def answer_days(self) -> Sequence[tuple[Localized, dt.date]]:
        """The same of the answers that go sooner."""
        return [(words, self._day(days)) for words, days in self.sooner]

    @property
    def needs_day(self) -> dt.date:
        """The same of what somebody needs: nothing keeps that for longer."""
        return _day(self.event, self.needs_days)

    @property
    def needs_days(self) -> int:
        return min(retaining.NEEDS_DAYS, self.roles[0][1])

    def _day(self, days: int) -> dt.date:
        promised = _day(self.event, days)
        return max(promised, self.held_until + dt.timedelta(days=1)) if self.held_until else promised


def of_form(event: Event, questions: Iterable[Question]) -> Promise:
    """What the form of an event promises to whoever fills it in."""
    roles = event.offered_roles or [PARTICIPANT]
    days = {role: retaining.role_days(event, role) for role in roles}
    if len(set(days.values())) == 1:
        return _promise(event, [("", days[roles[0]])], questions)
    return _promise(event, list(days.items()), questions)


def of_role(event: Event, role: str, questions: Iterable[Question] = ()) -> Promise:
    """What is promised to somebody who takes part in this role and has answered these questions."""
    return _promise(event, [("", retaining.role_days(event, role))], questions)


def _promise(event: Event, roles: Sequence[tuple[str, int]], questions: Iterable[Question]) -> Promise:
    longest = max(days for _role, days in roles)
    sooner = [
        (one.text, one.kept_days) for one in questions if one.kept_days is not None and one.kept_days < longest
    ]  # fmt: skip
    until = event.held_until
    if until is None or not retaining.is_held(event):
        return Promise(event, roles, sooner)
    days = [_day(event, number) for number in (longest, *(number for _role, number in roles), *(n for _w, n in sooner))]
    if until <= min(days):
        return Promise(event, roles, sooner)
    return Promise(event, roles, sooner, until, event.hold_reason, holds_all=until >= max(days))


def _day(event: Event, days: int) -> dt.date:
    return clock.to_wall(retaining.due_at(event, days), event.timezone).date()

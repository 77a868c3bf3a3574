"""The form with which several people of one mailbox register: what all share, and a part for each person.

The parts stand in one form of the page, each under a prefix (`p2-name`). Parts are added and taken out by buttons that
send everything typed along, so it works without a script.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from flask import request

from portal.events.models import Event
from portal.face.forms import (
    ChoiceField,
    EmailField,
    Form,
    Given,
    HiddenField,
    TextField,
    choices,
    length,
    required,
    whole_number,
)
from portal.face.forms import email as an_address
from portal.ground.errors import Refusal, Refusals
from portal.registration.event_form import registration_form, sector_field, suggested_organisations
from portal.registration.forms import AFFILIATION, NAME, NAME_RULES, Group, WorkshopsForm
from portal.registration.names import is_same
from portal.registration.services import MOST_TOGETHER, Asked, Somebody
from portal.registration.services.together import DOUBLE
from portal.words.i18n import LazyString, Localized, _, _l

MORE = "more"  # the button that adds a person
LESS = "less-"  # with the number of the part: the button that takes it out
ALL, POSSIBLE = "all", "possible"
FIRST = 2  # parts of a new form


class SharedForm(Form):
    """What holds for all of them."""

    email = EmailField(_l("E-mail address"), [required(_l("Enter the e-mail address.")), length(320), an_address()])
    affiliation = TextField(AFFILIATION, [length(200)])
    whole = ChoiceField(
        _l("If there are not enough places for everybody"),
        [required(_l("Choose one of the answers."))],
        choices=choices(
            [
                (POSSIBLE, _l("Take the places that there are; the others join the waiting lists")),
                (ALL, _l("We come only if everybody has a place: then register all of us or nobody")),
            ]
        ),
        default=POSSIBLE,
    )
    key = HiddenField()  # sent twice, it is one form
    accepts_waiting = HiddenField()  # "yes" once the page has said that the event is full
    suggests: Callable[[], Sequence[Localized]] | None = None


class PersonForm(WorkshopsForm):
    """One of them."""

    name = TextField(NAME, NAME_RULES)


class TogetherForm:
    """The whole form: `shared`, and `people` as (number of the part, its form)."""

    theirs: Mapping[str, object] = {}
    gone: Sequence[object] = ()

    def __init__(self, event: Event, groups: Sequence[Group], *, email: str = "") -> None:
        start = {"email": email, "key": secrets.token_hex(16)}
        kind = type("SharedForm", (SharedForm,), {"sector": sector_field()} if event.asks_organisation else {})
        self.shared: SharedForm = kind(data=start)
        if event.asks_organisation:
            self.shared.suggests = partial(suggested_organisations, event)
        if event.approval:
            del self.shared.whole
        self.people = self._parts(event, groups)

    def _parts(self, event: Event, groups: Sequence[Group]) -> list[tuple[int, PersonForm]]:
        numbers = _numbers()
        made = registration_form(PersonForm, event, groups, **_given(numbers[0]))
        kind = type(made)
        parts = [(numbers[0], made), *((one, kind(**_given(one))) for one in numbers[1:])]
        if self.shared.is_submitted() and _act() == MORE and len(parts) < MOST_TOGETHER:
            number = max(numbers) + 1
            parts.append((number, kind(**_given(number, is_new=True))))
        return parts

    @property
    def only_looks(self) -> bool:
        """Was it sent only to add somebody or take somebody out? Nothing is checked then, and nothing done."""
        return self.shared.is_submitted() and (_act() == MORE or _act().startswith(LESS))

    @property
    def status(self) -> int:
        """The status of a page that shows it."""
        if self.only_looks:
            return 422
        return max(self.shared.status, *(one.status for _number, one in self.people))

    @property
    def can_grow(self) -> bool:
        """May somebody be added?"""
        return len(self.people) < MOST_TOGETHER

    def is_valid(self) -> bool:
        """Has it been sent without a fault? Everything that is wrong is said at once."""
        if not self.shared.is_submitted() or self.only_looks:
            return False
        fine = [self.shared.validate(), *(one.validate() for _number, one in self.people)]
        doubles = [
            Refusal(DOUBLE, field=f"{place}.name")
            for place, (_number, one) in enumerate(self.people)
            if one.name.data and any(is_same(one.name.data, two.name.data or "") for _n, two in self.people[:place])
        ]
        if doubles:
            self.refuse(Refusals(doubles))
        return all(fine) and not doubles

    def is_submitted(self) -> bool:
        """Was the form sent?"""
        return bool(self.shared.is_submitted())

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the field of the person that it is about, or of the form that all share."""
        for part in refusal.parts:
            place, dot, name = (part.field or "").partition(".")
            if dot and place.isdecimal():
                self.people[int(place)][1].refuse(Refusal(part.reason, field=name))
            else:
                self.shared.refuse(part if len(refusal.parts) > 1 else refusal)

    def renew(self, groups: Sequence[Group]) -> None:
        """Show the seats as they are now, with what was chosen."""
        for _number, one in self.people:
            one.renew(groups)

    @property
    def problems(self) -> list[tuple[str | None, LazyString | str]]:
        """(id of the control, message) for the error summary: each names the person that it is about."""
        found = list(self.shared.problems)
        for place, (_number, one) in enumerate(self.people, 1):
            who = one.name.data or _("Person %(n)s", n=place)
            found += [(target, _("%(who)s: %(what)s", who=who, what=what)) for target, what in one.problems]
        return found

    @property
    def kept(self) -> str:
        """What became of what was typed."""
        return self.shared.kept

    def asked(self, event: Event, locale: str) -> Asked:
        """What all of them share, as services take it."""
        values: dict[str, Any] = self.shared.values()
        return Asked(
            event_id=event.id, key=values["key"] or secrets.token_hex(16), email=values["email"], locale=locale,
            affiliation=values["affiliation"], sector=values.get("sector"), whole=values.get("whole") == ALL,
            accepts_waiting=values["accepts_waiting"] == "yes",
        )  # fmt: skip

    def somebodies(self) -> list[Somebody]:
        """The people, as services take them."""
        found = [one.values() for _number, one in self.people]
        return [Somebody(one["name"], one["wanted"], one["filled"], one.get("role")) for one in found]


def _act() -> str:
    return request.form.get("act", "")


def _given(number: int, *, is_new: bool = False) -> Given:
    """How a part is made: under its prefix, with the token of the form that all share; nothing of a new one was sent."""
    given: Given = {"prefix": f"p{number}-", "meta": {"csrf": False}}
    if is_new:
        given["formdata"] = None
    return given


def _numbers() -> list[int]:
    """The parts of the form: as many as a form may have, each once; those of a new form where none were sent."""
    wanted = request.form.getlist("person")[: MOST_TOGETHER + 1]
    sent = [number for one in wanted if 0 < (number := whole_number(one)) < 1000]
    out = _act().removeprefix(LESS) if _act().startswith(LESS) else ""
    left = [one for one in dict.fromkeys(sent) if str(one) != out]
    return left or sent[:1] or list(range(1, FIRST + 1))

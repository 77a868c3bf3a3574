"""A form of registration as one event has it: with its workshops, its roles and its questions."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import TypeVar, Unpack

from portal.events.models import Event
from portal.face.forms import BooleanField, ChoiceField, Given, SelectField, choices, required
from portal.membership.queries import member_names
from portal.organisations.queries import by_number
from portal.questions.forms import answers_form
from portal.registration import services
from portal.registration.forms import ChangeForm, Group, WorkshopField, WorkshopsForm
from portal.registration.models import PARTICIPANT
from portal.registration.passing import KEPT_FOR, MOST_PASSES
from portal.registration.seating import overlaps
from portal.words.i18n import Localized, _l
from portal.words.vocabularies import label, pairs, vocabulary

F = TypeVar("F", bound=WorkshopsForm)
ROLE = _l("In which role do you take part?")
SECTOR = _l("Sector")
DROPS_WAITS = _l("A place from a waiting list ends the other waiting places at the same time")
COMPANIONS = _l("How many people come along")
SUGGESTED = 100  # names of the directory that a page offers without a search


def registration_form(
    base: type[F], event: Event, groups: Sequence[Group], answer_set_id: int | None = None, **given: Unpack[Given]
) -> F:
    """A form of this kind with a field for each group of workshops, whose hours are those of the event, and one for each
    of its questions; it starts with the answers that were given before, if any."""
    fields: dict[str, object] = {group.name: WorkshopField(group, event.timezone) for group in groups}
    if role := _role_field(event, str((given.get("data") or {}).get("role", ""))):
        fields["role"] = role
    if event.companions_allowed and hasattr(base, "affiliation"):  # of several people each is named
        fields["companions"] = companions_field(event.companions_allowed)
    asks = event.asks_organisation and hasattr(base, "affiliation")
    if asks:
        fields["sector"] = sector_field()
    if issubclass(base, ChangeForm) and _can_wait_twice(groups):  # who has just come has read enough
        fields["drops_waits"] = BooleanField(DROPS_WAITS)
    form = answers_form(base, event.question_set_id, answer_set_id, first=fields, **given)
    if asks:
        form.suggests = partial(suggested_organisations, event)
    return form


class CompanionsField(SelectField):
    """How many people come along: none, or as many as may; with the rule for those who wait together."""

    passes = MOST_PASSES
    kept_hours = int(KEPT_FOR.total_seconds() // 3600)


def companions_field(most: int) -> CompanionsField:
    options = choices([("0", _l("nobody")), *((str(number), str(number)) for number in range(1, most + 1))])
    return CompanionsField(COMPANIONS, choices=options, default="0")


def sector_field() -> SelectField:
    """From which sector somebody comes."""
    return SelectField(SECTOR, choices=choices([("", _l("not said")), *pairs(vocabulary("sector"))]))


def suggested_organisations(event: Event) -> Sequence[Localized]:
    """Whom people of this event may well come for, by the alphabet: the members of its network, or its organisation."""
    if event.network_id is not None:
        return member_names(event.network_id, limit=SUGGESTED)
    host = by_number(event.organisation_id or 0)
    return [host.name] if host else []


def _can_wait_twice(groups: Sequence[Group]) -> bool:
    """Are there two workshops at the same time, so that somebody can wait beside another place?"""
    spans = sorted((one.span for group in groups for one in group.workshops), key=lambda span: span.starts)
    return any(overlaps(one, other) for one, other in pairwise(spans))


def _role_field(event: Event, own: str) -> ChoiceField | None:
    """The roles of the event, where there is something to choose; who has another one may keep it."""
    offered = event.offered_roles
    if len(offered) < 2:
        return None
    codes = [*offered, *({own} - {"", *offered})]
    most = PARTICIPANT if PARTICIPANT in offered else None
    options = choices([(code, label("participant_role", code)) for code in codes])
    return ChoiceField(ROLE, [required(services.NO_ROLE)], choices=options, default=most)

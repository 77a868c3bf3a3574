"""The form with which people answer changes of a programme: one choice for each."""

from collections.abc import Sequence

from portal.face.forms import ChoiceField, Form, choices, required
from portal.registration.models import BookingStatus
from portal.registration.queries import Change, Workshop
from portal.registration.services import Choice, Wish
from portal.words.i18n import LazyString, Shown, _l

KEEP = "keep"
LEAVE = "leave"
_ANSWER = _l("Choose one of the answers.")


class ChoicesForm(Form):
    """One field for each change; its data is KEEP, LEAVE, or the number of the workshop that is wanted instead."""

    changes: Sequence[Change] = ()

    @property
    def asked(self) -> list[tuple[Change, ChoiceField]]:
        """Each change with its field."""
        fields = {field.name: field for field in self if isinstance(field, ChoiceField)}
        return [(one, fields[_name(one)]) for one in self.changes]

    def choices(self) -> dict[int, Choice]:
        """What is wanted of each session that has changed."""
        return {change.session.id: _choice(change, field.data or "") for change, field in self.asked}


def choices_form(changes: Sequence[Change]) -> ChoicesForm:
    """The form for these changes. What ended by itself is not kept; who waits keeps the turn or gives it up."""
    fields: dict[str, object] = {"changes": changes}
    for one in changes:
        fields[_name(one)] = ChoiceField(
            str(one.session.title.shown()), [required(_ANSWER)], choices=choices(_options(one)),
            default=KEEP if one.place else None,
        )  # fmt: skip
    made: type[ChoicesForm] = type("ChoicesForm", (ChoicesForm,), fields)
    return made()


def instead_of(change: Change) -> Sequence[Workshop]:
    """What can be had instead: for whoever has, or had, a place."""
    return () if change.place and change.place.status == BookingStatus.WAITING else change.others


def _name(change: Change) -> str:
    return f"change_{change.session.id}"


def _options(change: Change) -> list[tuple[str, LazyString | Shown]]:
    others: list[tuple[str, LazyString | Shown]] = [(str(one.id), one.title.shown()) for one in instead_of(change)]
    if change.place is None:
        return [*others, (LEAVE, _l("None, I leave this time free"))]
    if change.place.status == BookingStatus.WAITING:
        return [(KEEP, _l("Keep my turn on the waiting list")), (LEAVE, _l("Leave the waiting list"))]
    return [(KEEP, _l("Keep my place")), *others, (LEAVE, _l("Give up the place"))]


def _choice(change: Change, said: str) -> Choice:
    other = next((one for one in instead_of(change) if str(one.id) == said), None)
    return Choice(said == KEEP, Wish(other.id, waits=other.free <= 0) if other else None)

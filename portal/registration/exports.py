"""The list of participants as a table for a spreadsheet, with the columns that somebody has chosen."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.events.models import Event
from portal.events.words import ZONES
from portal.ground import clock
from portal.registration.answer_columns import AnswerColumns
from portal.registration.models import BookingStatus, Registration, RegistrationStatus
from portal.registration.queries import Place, Stretch
from portal.words.i18n import LANGUAGES, LazyString, Localized, _, _l, current_language, formats
from portal.words.tables import Cell, Column, Sheet
from portal.words.vocabularies import label, language_name, vocabulary

# What can be chosen, in the order of the columns: (code, words). The last is a column for each stretch of time.
CHOICES: Sequence[tuple[str, LazyString]] = (
    ("name", _l("First and last name")),
    ("address", _l("E-mail address")),
    ("phone", _l("Telephone number")),
    ("organisation", _l("Organisation, group or town")),
    ("profile", _l("Organisation in the directory")),
    ("sector", _l("Sector")),
    ("language", _l("Language")),
    ("state", _l("State")),
    ("confirmed", _l("Day and hour of confirming")),
    ("role", _l("Role")),
    ("companions", _l("How many people come along")),
    ("coming", _l("Whether they come, and on which days")),
    ("workshops", _l("Workshops, a column for each time")),
    ("answers", _l("Answers to the questions of the event, a column for each")),
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A column and what stands in it for somebody with these places."""

    column: Column
    cell: Callable[[Registration, Sequence[Place]], Cell]


def participants_table(
    event: Event,
    people: Sequence[Registration],
    held: Mapping[int, Sequence[Place]],
    stretches: Sequence[Stretch],
    chosen: Collection[str],
    answers: AnswerColumns,
    organisations: Mapping[str, Localized],
) -> Sheet:
    """One row for each registration, in the order of confirming; the workshops in the language of the page, and what was
    answered to the questions of the event. `organisations` are those of the directory that people named, by number. A
    column of telephone numbers, or of those who come along, is there where somebody has one."""
    idle = {name for name in ("phone", "companions") if not any(getattr(one, name) for one in people)}
    parts = [
        part
        for code, _words in CHOICES
        if code in chosen and code not in idle
        for part in _parts(code, event, stretches, answers, organisations)
    ]
    return Sheet(_("Participants"), [part.column for part in parts], _rows(people, held, parts))


def _rows(
    people: Sequence[Registration], held: Mapping[int, Sequence[Place]], parts: Sequence[_Part]
) -> Iterator[Sequence[Cell]]:
    for one in people:
        own = held.get(one.id, ())
        yield [part.cell(one, own) for part in parts]


def _parts(
    code: str,
    event: Event,
    stretches: Sequence[Stretch],
    answers: AnswerColumns,
    organisations: Mapping[str, Localized],
) -> Sequence[_Part]:
    if code == "answers":
        return [_answer(answers, place, column) for place, column in enumerate(answers.columns())]
    if code == "role":
        return [_role()] if event.offered_roles else []
    if code in ("profile", "sector"):
        made = _profile(organisations) if code == "profile" else _sector()
        return [made] if event.asks_organisation else []
    if code == "workshops":
        return [_of_stretch(one, event) for one in stretches]
    if code == "coming":
        return [_coming(event)] if event.reconfirm_days else []
    if code == "confirmed":
        return [_confirmed(event)]
    return [_PLAIN[code]()]


def _name() -> _Part:
    meaning = _("As it was typed in the registration. Empty once the portal has deleted it after the event.")
    return _Part(Column(_("First and last name"), meaning, width=28), lambda one, _held: one.name)


def _address() -> _Part:
    meaning = _("Where the messages about this registration go. People may share one.")
    return _Part(Column(_("E-mail address"), meaning, width=32), lambda one, _held: one.address)


def _phone() -> _Part:
    meaning = _("Where the team calls. As a rule only people without an e-mail address have one here.")
    return _Part(Column(_("Telephone number"), meaning, width=18), lambda one, _held: one.phone)


def _organisation() -> _Part:
    meaning = _("What the person wrote about it, in their own words.")
    return _Part(Column(_("Organisation, group or town"), meaning, width=32), lambda one, _held: one.affiliation)


def _language() -> _Part:
    names = ", ".join(language_name(code) for code in LANGUAGES)
    column = Column(_("Language"), _("In which language the person gets messages."), names, width=14)
    return _Part(column, lambda one, _held: language_name(one.locale))


def _state() -> _Part:
    states = ", ".join(label("registration_status", state) for state in RegistrationStatus)
    column = Column(_("State"), _("Whether the person has a place at the event or waits for one."), states, width=20)
    return _Part(column, lambda one, _held: label("registration_status", one.status))


def _companions() -> _Part:
    meaning = _("They take places at the event and have no names here. Workshops are for the person alone.")
    return _Part(Column(_("How many people come along"), meaning, width=14), lambda one, _held: one.companions)


_PLAIN: Mapping[str, Callable[[], _Part]] = {
    "name": _name, "address": _address, "phone": _phone, "organisation": _organisation, "language": _language, "state": _state,
    "companions": _companions,
}  # fmt: skip


def _profile(organisations: Mapping[str, Localized]) -> _Part:
    meaning = _(
        "The organisation of the directory that is called as the person wrote. Empty where none is, or several are."
    )
    column = Column(_("Organisation in the directory"), meaning, width=32)
    names = {number: name.shown_in(current_language()).text for number, name in organisations.items()}
    return _Part(column, lambda one, _held: names.get(str(one.organisation_id), ""))


def _sector() -> _Part:
    sectors = ", ".join(term.label for term in vocabulary("sector"))
    column = Column(_("Sector"), _("From which sector the person comes, where they said so."), sectors, width=24)
    return _Part(column, lambda one, _held: str(label("sector", one.sector)) if one.sector else "")


def _role() -> _Part:
    column = Column(_("Role"), _("In which role the person takes part."), width=20)
    return _Part(column, lambda one, _held: str(label("participant_role", one.role)))


def _answer(answers: AnswerColumns, place: int, column: Column) -> _Part:
    return _Part(column, lambda one, _held: answers.cells(one.answer_set_id)[place])


def _confirmed(event: Event) -> _Part:
    head = _("Confirmed on (%(zone)s)", zone=ZONES.get(event.timezone, event.timezone))
    meaning = _("When the person confirmed the registration. Whoever waits is served in this order.")
    column = Column(head, meaning, _("Year, month, day, hour and minute"), width=20)
    return _Part(
        column, lambda one, _held: clock.to_wall(one.confirmed_at, event.timezone) if one.confirmed_at else None
    )


def _coming(event: Event) -> _Part:
    meaning = _("What the person answered when asked: on all days, or only on some. Empty: not asked, or no answer.")
    column = Column(_("Whether they come"), meaning, _("Yes, or days with commas between"), width=24)
    return _Part(column, lambda one, _held: _days(one) if one.reconfirmed_at else "")


def _days(one: Registration) -> str:
    return ", ".join(day.isoformat() for day in one.only_days) or _("yes")


def _of_stretch(stretch: Stretch, event: Event) -> _Part:
    head = formats.day_and_hours(stretch.span.starts, stretch.span.ends, event.timezone)
    meaning = _("The workshop at this time; in brackets one for which the person waits.")
    column = Column(head, meaning, _("Titles, with commas between"), width=36)
    return _Part(column, lambda _one, held: _titles([place for place in held if place.session_id in stretch.sessions]))


def _titles(places: Sequence[Place]) -> str:
    booked = [_title(place) for place in places if place.status == BookingStatus.BOOKED]
    waiting = [f"({_title(place)})" for place in places if place.status == BookingStatus.WAITING]
    return ", ".join([*booked, *waiting])


def _title(place: Place) -> str:
    return place.title.shown_in(current_language()).text

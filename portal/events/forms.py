"""The shape of what coordinators send about events."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Unpack

import wtforms
from wtforms.validators import ValidationError

from portal.events.fields import EVENT, NEW_ROOM, NEW_SLOT, ROOM, SESSION, SLOT
from portal.events.models import Event, Mode, ProgrammeSession, Room, Slot
from portal.events.services.editing import Telling
from portal.events.words import ZONES
from portal.face.forms import (
    BooleanField,
    ChoiceField,
    DateField,
    EmailField,
    Form,
    Given,
    MultiChoiceField,
    RowField,
    SelectField,
    TextArea,
    Versioned,
    choices,
    email,
    length,
    required,
)
from portal.ground.errors import Refusal, Refusals
from portal.words import moments
from portal.words.fields import Field, Group
from portal.words.i18n import DEFAULT_LANGUAGE, LazyString, Shown, _, _l, current_language, endonyms, formats
from portal.words.text import capital
from portal.words.vocabularies import pairs, vocabulary

Pairs = Iterable[tuple[str, LazyString | str]]


class EventFields(Form):
    """What an event is."""

    fields = EVENT


class NewEventForm(EventFields):
    """A new event, all in one language."""

    language = SelectField(_l("Language of these texts"), choices=[], validators=[required(_l("Choose the language."))])

    def __init__(self, **given: Unpack[Given]) -> None:
        super().__init__(**given)
        self.language.choices = choices(endonyms())


class Agreeing(Form):
    """A change that may reach people who have registered: then it is asked whether they are told."""

    agreed = ChoiceField(
        _l("People are touched by this change"),
        choices=choices(
            [
                (Telling.TELL, _l("Save the change and let these people know")),
                (Telling.QUIET, _l("Too small to tell: save it without an e-mail")),
            ]
        ),
    )


class EditEventForm(EventFields, Agreeing, Versioned):
    """A change of an event."""


class PostponeForm(Agreeing, Versioned):
    """Another first day for a whole event."""

    day = DateField(_l("New first day"), [required(_l("Choose the day on which the event is to begin."))])


class CopyForm(Form):
    """The first days of copies, one a line, as people write days."""

    days = TextArea(_l("First days of the copies"), [required(_l("Enter at least one day.")), length(2000)])

    def read(self) -> list[dt.date]:
        """The days. Raises Refusals that name each line which is none."""
        found, faults = list[dt.date](), list[Refusal]()
        for number, line in enumerate(str(self.days.data or "").splitlines(), 1):
            try:
                if line.strip():
                    found.append(moments.read_day(line))
            except ValueError as fault:
                reason = _("Line %(n)s: %(fault)s", n=number, fault=str(fault))
                faults.append(Refusal(LazyString(str, reason), field="days"))
        if faults:
            raise Refusals(faults)
        return found


class RoomForm(Form):
    """A new room."""

    fields = NEW_ROOM


class Named(Form):
    """Names in all languages, that of the `original` first; only this one must be there."""

    original = DEFAULT_LANGUAGE

    @property
    def grouped(self) -> list[tuple[Group, list[tuple[Field, wtforms.Field]]]]:
        return [
            (group, sorted(fields, key=lambda pair: pair[0].language != self.original))
            for group, fields in super().grouped
        ]


class EditRoomForm(Named, Versioned):
    """A change of a room; `agreed` is asked for where it is too small for people who have booked."""

    fields = ROOM
    agreed = BooleanField(_l("Save it all the same: nobody loses a place"))

    def __init__(self, original: str, **given: Unpack[Given]) -> None:
        super().__init__(**given)
        self.original, said, name = original, NEW_ROOM["name"], self[f"name_{original}"]
        assert said.needed is not None
        name.validators, name.flags.required = [required(said.needed), length(said.most)], True

    @classmethod
    def of(cls, room: Room) -> "EditRoomForm":
        original = room.name.original
        return cls(original, data={**ROOM.read(room, original), "version": room.row_version})


class SlotForm(Form):
    """A new slot."""

    fields = NEW_SLOT


class EditSlotForm(Named, Agreeing, Versioned):
    """A change of a slot."""

    fields = SLOT

    @classmethod
    def of(cls, slot: Slot, event: Event) -> "EditSlotForm":
        form = cls.on(slot, event.title.original, zone=event.timezone)
        form.original = event.title.original
        return form


class SessionForm(Form):
    """A session of the programme."""

    fields = SESSION
    slot: RowField
    room: RowField

    def __init__(self, slots: Sequence[Slot], rooms: Sequence[Room], zone: str, **given: Unpack[Given]) -> None:
        super().__init__(**given)
        self.slot.choices = choices([("", _l("its own time")), *slot_choices(slots, zone)])
        self.room.choices = choices([("", _l("no room")), *room_choices(rooms)])

    def validate_languages(self, field: MultiChoiceField) -> None:
        if len(",".join(field.data or [])) > 40:
            raise ValidationError(_("Choose fewer languages."))


class EditSessionForm(SessionForm, Agreeing, Versioned):
    """A change of a session. Its slots and rooms are those of its event."""

    @classmethod
    def of(
        cls, session: ProgrammeSession, slots: Sequence[Slot], rooms: Sequence[Room], zone: str
    ) -> "EditSessionForm":
        stored = SESSION.read(session, session.title.original, zone)
        return cls(slots, rooms, zone, data={**stored, "version": session.row_version})


class ReasonForm(Form):
    """Why something does not take place; everybody will read it."""

    reason = TextArea(
        _l("Reason"), [required(_l("Write the reason: those who registered will read it.")), length(1000)]
    )


class RoleForm(Form):
    """Somebody for the team of an event."""

    email = EmailField(
        _l("E-mail address of the account"),
        [required(_l("Enter the e-mail address.")), email()],
    )
    role = ChoiceField(_l("What this person does"), [required(_l("Choose what this person does."))])

    def __init__(self, **given: Unpack[Given]) -> None:
        super().__init__(**given)
        self.role.choices = choices(pairs(vocabulary("event_role")))


class TranslateEventForm(Versioned):
    """The texts of an event in another language."""

    fields = EVENT.texts


class TranslateSessionForm(Versioned):
    """The texts of a session in another language."""

    fields = SESSION.texts


def slot_choices(slots: Sequence[Slot], zone: str) -> list[tuple[str, str]]:
    return [(str(slot.id), slot_text(slot, zone)) for slot in slots]


def slot_text(slot: Slot, zone: str) -> str:
    """`Friday, 20 November, 10:00–11:30 (Morning)`; a name in another language than the page is left out."""
    text = f"{day_text(slot.starts_at, zone)}, {formats.time_range(slot.starts_at, slot.ends_at, zone, explained=True)}"
    name = slot.name.get(current_language()) if slot.name else ""
    return f"{text} ({name})" if name else text


def day_text(day: dt.date | dt.datetime, zone: str | None = None) -> str:
    """`Friday, 20 November`, as a heading has it."""
    return f"{capital(formats.weekday(day, zone))}, {formats.day_month(day, zone)}"


def room_choices(rooms: Sequence[Room]) -> list[tuple[str, Shown]]:
    return [(str(room.id), room_text(room)) for room in rooms]


def room_text(room: Room) -> Shown:
    """`Hall A (40)`."""
    name = room.name.shown()
    return name._replace(text=f"{name.text} ({room.capacity})") if room.capacity else name


def with_ids(form: Form, prefix: str) -> Form:
    """The same form with ids of its own, for a page with several: names stay, so one view takes them all."""
    for field in form:
        field.id = f"{prefix}-{field.name}"
        field.label.field_id = field.id
    return form


def new_event_defaults(event_zone: str) -> dict[str, object]:
    """What a new event starts with."""
    return {
        "timezone": event_zone if event_zone in ZONES else "Europe/Warsaw",
        "language": current_language(),
        "mode": Mode.ON_SITE,
    }


def in_slot(slot: Slot, rooms: Sequence[Room], sessions: Sequence[ProgrammeSession]) -> dict[str, object]:
    """What a session starts with in a slot: its first free room, and as many places as that holds."""
    taken = {one.room_id for one in sessions if one.slot_id == slot.id}
    room = next((one for one in rooms if one.id not in taken), None)
    return {
        "kind": "workshop",
        "slot": slot.id,
        "room": room.id if room else None,
        "seats": room.capacity if room else None,
    }

"""The shape of what coordinators send about events."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from wtforms.validators import ValidationError

from portal.events.models import ProgrammeSession, Room, Slot
from portal.events.services import SessionInput
from portal.events.words import KINDS, ZONES
from portal.face.forms import (
    BooleanField,
    DateTimeField,
    EditorArea,
    Form,
    IntegerField,
    MultiChoiceField,
    SelectField,
    TextArea,
    TextField,
    Versioned,
    between,
    choices,
    length,
    optional,
    required,
)
from portal.words.i18n import ENDONYMS, LANGUAGES, LazyString, _, _l, current_language, formats
from portal.words.vocabularies import label

SPOKEN = ("pl", "bg", "en", "uk", "pso", "bqn", "ils")
MOST_SEATS = 100_000
Pairs = Iterable[tuple[str, LazyString | str]]


class EventFields(Form):
    """What an event is."""

    title = TextField(_l("Title"), [required(_l("Enter the title of the event.")), length(150)])
    summary = TextArea(_l("In two sentences"), [length(400)])
    description = EditorArea(_l("Description"), [length(20_000)])
    starts_at = DateTimeField(_l("Begins"), [required(_l("Enter when the event begins."))])
    ends_at = DateTimeField(_l("Ends"), [required(_l("Enter when the event ends."))])
    timezone = SelectField(_l("Time zone"), choices=[], validators=[required(_l("Choose the time zone."))])
    venue = TextField(_l("Venue and address"), [length(200)])
    town = TextField(_l("Town or village"), [length(120)])
    registration_opens_at = DateTimeField(_l("Registration opens"))
    registration_closes_at = DateTimeField(_l("Registration closes"))
    seats = IntegerField(_l("Places in the whole event"), [optional(), between(0, MOST_SEATS)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.timezone.choices = choices(ZONES.items())


class NewEventForm(EventFields):
    """A new event, all in one language."""

    language = SelectField(_l("Language of these texts"), choices=[], validators=[required(_l("Choose the language."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = choices(ENDONYMS.items())


class EditEventForm(EventFields, Versioned):
    """A change of an event."""

    agreed = BooleanField(_l("Save the change and let these people know"))


class RoomForm(Form):
    """A new room."""

    name = TextField(_l("Name of the room"), [required(_l("Enter the name of the room.")), length(80)])
    capacity = IntegerField(_l("People it holds"), [optional(), between(1, MOST_SEATS)])


class Named(Form):
    """Names in all languages; only the original one must be there."""

    name_pl = TextField(_l("Name in Polish"), [length(80)])
    name_bg = TextField(_l("Name in Bulgarian"), [length(80)])
    name_en = TextField(_l("Name in English"), [length(80)])

    @property
    def names(self) -> dict[str, str]:
        return {language: self[f"name_{language}"].data or "" for language in LANGUAGES}

    def in_order(self, original: str) -> list[tuple[str, Any]]:
        """(language, field), the original language first."""
        return [(code, self[f"name_{code}"]) for code in sorted(LANGUAGES, key=lambda code: code != original)]


class EditRoomForm(Named, Versioned):
    """A change of a room. `original` is the language that it was named in."""

    capacity = IntegerField(_l("People it holds"), [optional(), between(1, MOST_SEATS)])

    def __init__(self, original: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self[f"name_{original}"].validators = [required(_l("Enter the name of the room.")), length(80)]


class SlotForm(Form):
    """A new slot."""

    starts_at = DateTimeField(_l("Begins"), [required(_l("Enter when it begins."))])
    ends_at = DateTimeField(_l("Ends"), [required(_l("Enter when it ends."))])
    name = TextField(_l("Name of the slot"), [length(80)])


class EditSlotForm(Named, Versioned):
    """A change of a slot."""

    starts_at = DateTimeField(_l("Begins"), [required(_l("Enter when it begins."))])
    ends_at = DateTimeField(_l("Ends"), [required(_l("Enter when it ends."))])
    agreed = BooleanField(_l("Save the change and let these people know"))


class SessionForm(Form):
    """A session of the programme."""

    kind = SelectField(_l("Kind"), choices=[], validators=[required(_l("Choose the kind of session."))])
    title = TextField(_l("Title"), [required(_l("Enter the title of the session.")), length(200)])
    slot = SelectField(_l("Slot"), choices=[])
    starts_at = DateTimeField(_l("Begins"))
    ends_at = DateTimeField(_l("Ends"))
    room = SelectField(_l("Room"), choices=[])
    seats = IntegerField(_l("Places"), [optional(), between(0, MOST_SEATS)])
    speakers = TextField(_l("Speakers"), [length(400)])
    languages = MultiChoiceField(_l("Languages"), choices=[])
    abstract = TextArea(_l("What it is about"), [length(4000)])

    def __init__(self, slots: Sequence[Slot], rooms: Sequence[Room], zone: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = choices(KINDS.items())
        self.slot.choices = choices([("", _l("a time of its own")), *slot_choices(slots, zone)])
        self.room.choices = choices([("", _l("no room")), *room_choices(rooms)])
        self.languages.choices = choices((code, label("languages", code)) for code in SPOKEN)

    def validate_languages(self, field: Any) -> None:
        if len(",".join(field.data or [])) > 40:
            raise ValidationError(_("Choose fewer languages."))

    def given(self) -> SessionInput:
        return SessionInput(
            kind=self.kind.data, title=self.title.data, abstract=self.abstract.data or "",
            speakers=self.speakers.data or "", languages=tuple(self.languages.data or ()),
            slot_id=int(self.slot.data) if self.slot.data else None, starts_at=self.starts_at.data,
            ends_at=self.ends_at.data, room_id=int(self.room.data) if self.room.data else None, seats=self.seats.data,
        )  # fmt: skip


class EditSessionForm(SessionForm, Versioned):
    """A change of a session."""

    agreed = BooleanField(_l("Save the change and let these people know"))


class ReasonForm(Form):
    """Why something does not take place; everybody will read it."""

    reason = TextArea(
        _l("Reason"), [required(_l("Write the reason: those who registered will read it.")), length(1000)]
    )


class TranslateEventForm(Versioned):
    """The texts of an event in another language."""

    title = TextField(_l("Title"), [length(150)])
    summary = TextArea(_l("In two sentences"), [length(400)])
    description = EditorArea(_l("Description"), [length(20_000)])
    venue = TextField(_l("Venue and address"), [length(200)])


class TranslateSessionForm(Versioned):
    """The texts of a session in another language."""

    title = TextField(_l("Title"), [length(200)])
    abstract = TextArea(_l("What it is about"), [length(4000)])


def slot_choices(slots: Sequence[Slot], zone: str) -> list[tuple[str, str]]:
    return [(str(slot.id), slot_text(slot, zone)) for slot in slots]


def slot_text(slot: Slot, zone: str) -> str:
    """`Friday, 20 November, 10:00–11:30 (Morning)`."""
    text = f"{day_text(slot.starts_at, zone)}, {formats.time_range(slot.starts_at, slot.ends_at, zone)}"
    name = slot.name.shown_in(current_language()).text if slot.name else ""
    return f"{text} ({name})" if name else text


def day_text(day: dt.date | dt.datetime, zone: str | None = None) -> str:
    """`Friday, 20 November`, as a heading has it."""
    weekday = formats.weekday(day, zone)
    return f"{weekday[:1].upper()}{weekday[1:]}, {formats.day_month(day, zone)}"


def room_choices(rooms: Sequence[Room]) -> list[tuple[str, str]]:
    return [(str(room.id), room_text(room)) for room in rooms]


def room_text(room: Room) -> str:
    """`Hall A (40)`."""
    name = room.name.shown_in(current_language()).text
    return f"{name} ({room.capacity})" if room.capacity else name


def with_ids(form: Form, prefix: str) -> Form:
    """The same form with ids of its own, for a page with several: names stay, so one view takes them all."""
    for field in form:
        field.id = f"{prefix}-{field.name}"
        field.label.field_id = field.id
    return form


def new_event_defaults(event_zone: str) -> dict[str, Any]:
    """What a new event starts with."""
    return {"timezone": event_zone if event_zone in ZONES else "Europe/Warsaw", "language": current_language()}


def in_slot(slot: Slot, rooms: Sequence[Room], sessions: Sequence[ProgrammeSession]) -> dict[str, Any]:
    """What a session starts with in a slot: its first free room, and as many places as that holds."""
    taken = {one.room_id for one in sessions if one.slot_id == slot.id}
    room = next((one for one in rooms if one.id not in taken), None)
    return {
        "kind": "workshop",
        "slot": str(slot.id),
        "room": str(room.id) if room else "",
        "seats": room.capacity if room else None,
    }

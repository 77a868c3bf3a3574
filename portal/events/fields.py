"""What is said of events and of the parts of their programme."""

from portal.events.words import KINDS, ZONES
from portal.words.fields import Field, FieldSet, Group, Kind
from portal.words.i18n import _l
from portal.words.vocabularies import label

MOST_SEATS = 100_000
SPOKEN = ("pl", "bg", "en", "uk", "pso", "bqn", "ils")

EVENT = FieldSet(
    Field("title", Kind.LINE, _l("Title"), most=150, translated=True, needed=_l("Enter the title of the event.")),
    Field(
        "summary", Kind.LINES, _l("In two sentences"), most=400, translated=True, rows=3,
        hint=_l("Shown in lists and in the search."),
    ),
    Group.of(
        _l("When"),
        Field("starts_at", Kind.MOMENT, _l("Begins"), needed=_l("Enter when the event begins.")),
        Field("ends_at", Kind.MOMENT, _l("Ends"), needed=_l("Enter when the event ends.")),
        Field(
            "timezone", Kind.LIST, _l("Time zone"), choices=ZONES.items, needed=_l("Choose the time zone."),
            hint=_l("All times in the programme are in this time zone."),
        ),
        beside=True,
    ),
    Group.of(
        _l("Where"),
        Field(
            "venue", Kind.LINE, _l("Venue and address"), most=200, translated=True,
            hint=_l("Or the address of an online meeting room."),
        ),
        Field("town", Kind.LINE, _l("Town or village"), most=120),
        beside=True,
    ),
    Group.of(
        _l("Registration"),
        Field(
            "registration_opens_at", Kind.MOMENT, _l("Registration opens"),
            hint=_l("Empty: as soon as the event is public."),
        ),
        Field(
            "registration_closes_at", Kind.MOMENT, _l("Registration closes"),
            hint=_l("Empty: when the event begins. From this moment on it is too late."),
        ),
        Field(
            "seats", Kind.NUMBER, _l("Places in the whole event"), most=MOST_SEATS, width="s",
            hint=_l("Empty: as many as come."),
        ),
        beside=True,
    ),
    Field("description", Kind.RICH, _l("Description"), most=20_000, translated=True),
)  # fmt: skip

SESSION = FieldSet(
    Field("title", Kind.LINE, _l("Title"), most=200, translated=True, needed=_l("Enter the title of the session.")),
    Group.of(
        "",
        Field("kind", Kind.LIST, _l("Kind"), choices=KINDS.items, needed=_l("Choose the kind of session.")),
        Field("room", Kind.ROW, _l("Room"), column="room_id"),
        beside=True,
    ),
    Group.of(
        _l("When"),
        Field("slot", Kind.ROW, _l("Slot"), column="slot_id", alone=True, hint=_l("Sessions of a slot move with it.")),
        Field("starts_at", Kind.MOMENT, _l("Begins"), hint=_l("Only for a session with its own time.")),
        Field("ends_at", Kind.MOMENT, _l("Ends")),
        beside=True,
    ),
    Field(
        "seats", Kind.NUMBER, _l("Places"), most=MOST_SEATS, width="s",
        hint=_l("Empty: nobody books, everybody may come. 0: nobody can book."),
    ),
    Field("speakers", Kind.LINE, _l("Speakers"), most=400, hint=_l("Names with commas between them.")),
    Field(
        "languages", Kind.SEVERAL, _l("Languages"), joined=",", hint=_l("Spoken or signed, including interpretation."),
        choices=lambda: [(code, label("languages", code)) for code in SPOKEN],
    ),
    Field("abstract", Kind.LINES, _l("What it is about"), most=4000, translated=True, rows=6),
)  # fmt: skip

CAPACITY = Field("capacity", Kind.NUMBER, _l("Capacity (people)"), least=1, most=MOST_SEATS, width="s")
# A new room or slot is named in the language of its event, later in all of them at once.
NAMES = Group.of(
    "",
    *(
        Field(f"name_{code}", Kind.LINE, words, most=80, translated=True, column="name", language=code)
        for code, words in (
            ("pl", _l("Name in Polish")), ("bg", _l("Name in Bulgarian")), ("en", _l("Name in English"))
        )
    ),
)  # fmt: skip
NEW_ROOM = FieldSet(
    Field(
        "name", Kind.LINE, _l("Name of the room"), most=80, translated=True, needed=_l("Enter the name of the room.")
    ),
    CAPACITY,
)
ROOM = FieldSet(NAMES, CAPACITY)
SPAN = Group.of(
    "",
    Field("starts_at", Kind.MOMENT, _l("Begins"), needed=_l("Enter when it begins.")),
    Field("ends_at", Kind.MOMENT, _l("Ends"), needed=_l("Enter when it ends.")),
    beside=True,
)
NEW_SLOT = FieldSet(SPAN, Field("name", Kind.LINE, _l("Name of the slot"), most=80, translated=True))
SLOT = FieldSet(SPAN, NAMES)

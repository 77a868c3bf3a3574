"""What is said of events and of the parts of their programme."""

from portal.events.words import KINDS, ZONES
from portal.organisations.themes import themes
from portal.words.fields import Field, FieldSet, Group, Kind
from portal.words.i18n import LazyString, _l
from portal.words.vocabularies import label, pairs, vocabulary

MOST_SEATS = 100_000
MOST_OFFER_HOURS = 168
MOST_NAMES_DUE_DAYS = 60
MOST_COMPANIONS = 4
SPOKEN = ("pl", "bg", "en", "uk", "pso", "bqn", "ils")
MOST_THEMES = 5
LEAST_RECONFIRM_DAYS, MOST_RECONFIRM_DAYS = 4, 30
REMINDERS = (
    ("14", _l("two weeks before the start")),
    ("7", _l("a week before the start")),
    ("3", _l("three days before the start")),
    ("1", _l("a day before the start")),
)


def kind_choices() -> list[tuple[str, LazyString | str]]:
    """Every kind of event; which one it is somebody has to say."""
    return [("", _l("choose")), *pairs(vocabulary("event_kind"))]


def region_choices() -> list[tuple[str, LazyString | str]]:
    """Every region of both countries, none first."""
    return [("", _l("not said")), *pairs(vocabulary("regions"))]


EVENT = FieldSet(
    Field("title", Kind.LINE, _l("Title"), most=150, translated=True, needed=_l("Enter the title of the event.")),
    Field(
        "summary", Kind.LINES, _l("In two sentences"), most=400, translated=True, rows=3,
        hint=_l("Shown in lists and in the search."),
    ),
    Group.of(
        _l("What it is"),
        Field(
            "kind", Kind.LIST, _l("Kind of event"), choices=kind_choices,
            needed=_l("Choose what kind of event it is."),
        ),
        Field(
            "mode", Kind.LIST, _l("How people take part"), choices=lambda: pairs(vocabulary("participation_mode")),
            start="on-site", needed=_l("Choose how people take part."),
        ),
        beside=True,
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
            hint=_l("Empty for an online event."),
        ),
        Field("town", Kind.LINE, _l("Town or village"), most=120),
        Field(
            "region", Kind.LIST, _l("Region"), choices=region_choices,
            hint=_l("For those who look for events near them."),
        ),
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
    Group.of(
        _l("Who gets a place"),
        Field(
            "invited_only", Kind.YES, _l("Only invited people can register"),
            hint=_l("Nobody else sees the event: it stands in no list, no calendar and no search."),
        ),
        Field(
            "approval", Kind.YES, _l("The team decides on each registration"),
            hint=_l("Nobody has a place until somebody of the team has said yes. Whoever registers is told so."),
        ),
        Field(
            "requests_hold", Kind.YES, _l("A request keeps a place free until it is answered"),
            hint=_l("Only where the team decides on each registration."),
        ),
        Field(
            "offer_hours", Kind.NUMBER, _l("Hours to answer an offer from the waiting list"), most=MOST_OFFER_HOURS,
            least=1, width="s",
            hint=_l(
                "Empty: a place that becomes free is booked at once for the first person on the list. With a number it "
                "is kept for them, and they say yes or no. Only the hours from 8 to 22 count. 24 is usual."
            ),
        ),
    ),
    Field(
        "max_per_organisation", Kind.NUMBER, _l("Most places for one organisation"), least=1, most=MOST_SEATS, width="s",
        hint=_l("Empty: as many as come. Whoever comes later waits. Only where the form asks for the organisation."),
    ),
    Field(
        "max_companions", Kind.NUMBER, _l("How many people somebody may bring along"), least=1, most=MOST_COMPANIONS,
        width="s",
        hint=_l(
            "Empty: nobody. Each of them takes a place at the event and has no name. Workshops are for whoever "
            "registers."
        ),
    ),
    Field(
        "takes_delegations", Kind.YES, _l("Organisations can ask for several places and name the people later"),
        hint=_l(
            "Somebody asks for places for a whole delegation. Each person who is named gets a link of their own and "
            "completes their own data."
        ),
    ),
    Field(
        "names_due_days", Kind.NUMBER, _l("Days before the event until which delegations name their people"), least=1,
        most=MOST_NAMES_DUE_DAYS, width="s",
        hint=_l("Empty: 7 days. Places without a name then go to the waiting list."),
    ),
    Field(
        "participant_roles", Kind.SEVERAL, _l("Roles to choose from"), joined=",",
        choices=lambda: pairs(vocabulary("participant_role")),
        hint=_l(
            "Whoever registers chooses one of them. If none or only one is ticked, the form does not ask: everybody has "
            "that role, or is a participant."
        ),
    ),
    Field(
        "asks_organisation", Kind.YES, _l("The form asks for the organisation and its sector"),
        hint=_l(
            "It suggests names from the directory, and a name that stands there is linked. Without the tick there is one "
            "short field for an organisation, a group or a town."
        ),
    ),
    Field(
        "cost", Kind.LINE, _l("What it costs"), most=200, translated=True,
        hint=_l("For example: free of charge, or 50 zł for meals. The portal takes no money. Empty: nothing is said."),
    ),
    Group.of(
        _l("Reminders"),
        Field(
            "reminder_days", Kind.SEVERAL, _l("When we remind people"), joined=",", choices=lambda: REMINDERS,
            hint=_l("Everybody with a place gets each of them once, with the date, the place and their workshops."),
        ),
        Field(
            "reminder_text", Kind.LINES, _l("Your words in the reminder"), most=2000, translated=True, rows=4,
            hint=_l("For example: what to bring, how to find the way. Empty: only the facts are sent."),
        ),
    ),
    Group.of(
        _l("Who really comes"),
        Field(
            "reconfirm_days", Kind.NUMBER, _l("Days before the start to ask people whether they come"),
            most=MOST_RECONFIRM_DAYS, least=LEAST_RECONFIRM_DAYS, width="s",
            hint=_l(
                "Empty: nobody is asked. 7 is usual. Who has not answered is asked once more three days before the start."
            ),
        ),
        Field(
            "reconfirm_releases", Kind.YES, _l("Without an answer the place goes to the waiting list"),
            hint=_l(
                "Two days before the start; the page of the event and the form say so beforehand. Who has told the team of "
                "a need, or takes part in another role than participant, keeps the place."
            ),
        ),
    ),
    Field("description", Kind.RICH, _l("Description"), most=20_000, translated=True),
    Group.of(
        _l("For those who take part online"),
        Field(
            "online_url", Kind.URL, _l("Address of the online meeting"), most=500,
            hint=_l("Only people with a confirmed place see it, on their own page and in their e-mails."),
        ),
        Field(
            "online_notes", Kind.LINES, _l("How to join"), most=1000, translated=True, rows=3,
            hint=_l("Meeting number, password, when the room opens: shown together with the address."),
        ),
    ),
    Group.of(
        _l("So that people find it and know what awaits them"),
        Field(
            "themes", Kind.SEVERAL, _l("Themes"), joined=",", choices=lambda: pairs(themes()),
            hint=_l("At most five. They help others to find the event."),
        ),
        Field(
            "languages", Kind.SEVERAL, _l("Languages of the event"), joined=",",
            choices=lambda: [(code, label("languages", code)) for code in SPOKEN],
            hint=_l("Spoken or signed, including interpretation."),
        ),
        Field(
            "access", Kind.SEVERAL, _l("Access to the venue"), joined=",",
            choices=lambda: pairs(vocabulary("venue_access")),
            hint=_l("Tick only what is really there: people rely on it."),
        ),
    ),
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
ROOM = FieldSet(
    NAMES,
    CAPACITY,
    Field(
        "access", Kind.SEVERAL, _l("What the room has"), joined=",", choices=lambda: pairs(vocabulary("venue_access")),
        hint=_l("Only where it differs from the venue. Nothing ticked: the room has what the venue has."),
    ),
)  # fmt: skip
SPAN = Group.of(
    "",
    Field("starts_at", Kind.MOMENT, _l("Begins"), needed=_l("Enter when it begins.")),
    Field("ends_at", Kind.MOMENT, _l("Ends"), needed=_l("Enter when it ends.")),
    beside=True,
)
NEW_SLOT = FieldSet(SPAN, Field("name", Kind.LINE, _l("Name of the slot"), most=80, translated=True))
SLOT = FieldSet(SPAN, NAMES)

"""The forms of registration. For every stretch of time there is one group of workshops, made for the event at hand."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Unpack

import wtforms
from flask import request

from portal.face.forms import (
    BooleanField,
    Check,
    ChoiceField,
    EmailField,
    FileField,
    Form,
    Given,
    HiddenField,
    ListForm,
    SelectChoice,
    TextArea,
    TextField,
    Versioned,
    choices,
    email,
    length,
    required,
)
from portal.questions.forms import AnswersForm
from portal.registration.invitees import FILE, Invitee, kept, named
from portal.registration.queries import Place, Workshop, clashes
from portal.registration.seating import Span
from portal.registration.services import Wish
from portal.words.i18n import ENDONYMS, Localized, _, _l, current_language, formats
from portal.words.text import capital

NONE = "none"
LOOK = "look"  # the button that shows what is chosen
WAIT = "w"  # ends the value of a choice that asks for a place in the waiting list


@dataclass(frozen=True, slots=True)
class Group:
    """The workshops of one stretch of time. `booked` and `waiting` are those in which the person has a place or waits."""

    name: str
    workshops: Sequence[Workshop]
    booked: Collection[int] = ()
    waiting: Mapping[int, int] = field(default_factory=dict)  # session -> position
    clashes: Mapping[int, Sequence[Place]] = field(default_factory=dict)  # session -> what they have at the same time

    @property
    def span(self) -> Span:
        return Span(min(one.span.starts for one in self.workshops), max(one.span.ends for one in self.workshops))

    @property
    def is_double(self) -> bool:
        """Has a change of the programme left this person with two places at once?"""
        return len([one for one in self.workshops if one.id in self.booked]) > 1

    def value(self, workshop: Workshop) -> str:
        """What choosing this workshop sends: its number, with a letter when it means to wait."""
        if workshop.id in self.booked or (workshop.free > 0 and workshop.id not in self.waiting):
            return str(workshop.id)
        return f"{workshop.id}{WAIT}"

    @property
    def initial(self) -> str | None:
        if self.is_double:
            return None
        for held in (self.booked, self.waiting):
            for one in self.workshops:
                if one.id in held:
                    return self.value(one)
        return NONE


class WorkshopField(wtforms.Field):
    """One choice in a group. A choice that was shown a moment ago is understood also when seats came or went since."""

    widget = wtforms.widgets.TextInput()  # the page draws it: components of `registration/parts.html`

    def __init__(self, group: Group, zone: str, **kwargs: Any) -> None:
        when = formats.day_and_hours(group.span.starts, group.span.ends, zone)
        super().__init__(_("Workshops: %(when)s", when=when), default=group.initial, **kwargs)
        self.day = capital(formats.weekday(group.span.starts, zone))  # it begins a heading
        self.when = formats.day_and_hours(group.span.starts, group.span.ends, zone, explained=True)
        self.group = group

    @property
    def choices(self) -> list[SelectChoice]:
        """What can be sent, with its words: a place or a place in the waiting list of each, or none."""
        places = [(str(one.id), one.title.shown()) for one in self.group.workshops]
        waiting = [(f"{number}{WAIT}", _("%(title)s: waiting list", title=title)) for number, title in places]
        return choices([*places, *waiting, (NONE, _("None, I leave this time free"))])

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else None

    def pre_validate(self, form: object) -> None:
        if self.data is None and self.group.is_double:
            raise wtforms.ValidationError(str(_l("Choose one of the answers.")))
        if self.data is None:  # not asked, or not answered: nothing changes
            self.data = self.group.initial
        if self.data != NONE and self.wish is None:
            raise wtforms.ValidationError(str(_l("Choose one of the answers.")))

    @property
    def wish(self) -> Wish | None:
        """What is asked for, or None."""
        chosen = self.data or ""
        number = chosen.removesuffix(WAIT)
        known = {str(one.id): one.id for one in self.group.workshops}
        return Wish(known[number], waits=chosen.endswith(WAIT)) if number in known else None

    def is_chosen(self, workshop: Workshop) -> bool:
        """Is this the choice to show as made? One whose last place is gone has to be made again."""
        if self.wish is None or self.wish.session_id != workshop.id:
            return False
        is_to_be_had = workshop.id in self.group.booked or workshop.free > 0
        return bool(self.data == self.group.value(workshop)) or (self.wish.waits and is_to_be_had)

    @property
    def chosen(self) -> Workshop | None:
        """The workshop that is shown as chosen."""
        return next((one for one in self.group.workshops if self.is_chosen(one)), None)

    def waits_for(self, workshop: Workshop) -> bool:
        """Does choosing this workshop mean a place in its waiting list?"""
        return self.group.value(workshop).endswith(WAIT)


class WorkshopsForm(AnswersForm):
    """What forms with workshops share, and with the questions of the event."""

    suggests: Callable[[], Sequence[Localized]] | None = None  # names of organisations, where the event asks for them

    @property
    def groups(self) -> list[WorkshopField]:
        return [one for one in self._fields.values() if isinstance(one, WorkshopField)]

    @property
    def only_looks(self) -> bool:
        """Was it sent only to see what is chosen so far? Nothing is checked then, and nothing done."""
        return request.form.get("act") == LOOK

    @property
    def shown_status(self) -> int:
        """The status of a page that shows it: as after an error where it was sent and nothing was done."""
        return 422 if self.only_looks else 200

    @property
    def is_untouched(self) -> bool:
        """Has nobody chosen a workshop in it yet?"""
        return not self.is_submitted() and all(one.data == NONE for one in self.groups)

    @property
    def usual_languages(self) -> str:
        """The languages of most of the workshops: said once, so that a line names only others."""
        spoken = Counter(one.languages for field in self.groups for one in field.group.workshops if one.languages)
        return spoken.most_common(1)[0][0] if spoken else ""

    @property
    def wanted(self) -> list[Wish]:
        return [one.wish for one in self.groups if one.wish]

    def values(self) -> dict[str, Any]:
        asked = {one.field for one in self.questions} | {"asked"}
        own = {
            name: value
            for name, value in super().values().items()
            if name not in asked and not isinstance(self[name], WorkshopField)
        }
        if "companions" in own:
            own["companions"] = int(own["companions"] or 0)
        return {**own, "wanted": self.wanted, "filled": self.filled()}

    def renew(self, groups: Sequence[Group]) -> None:
        """Show the seats as they are now, with what was chosen."""
        now = {group.name: group for group in groups}
        for one in self.groups:
            one.group = now.get(one.short_name, one.group)


NAME = _l("First and last name")
NAME_RULES: list[Check] = [required(_l("Enter your first and last name.")), length(200)]
AFFILIATION = _l("Organisation, group or town")


class RegistrationForm(WorkshopsForm):
    """Registration for an event."""

    name = TextField(NAME, NAME_RULES)
    email = EmailField(_l("E-mail address"), [required(_l("Enter the e-mail address.")), length(320), email()])
    affiliation = TextField(AFFILIATION, [length(200)])
    accepts_waiting = HiddenField()  # "yes" once the page has said that the event is full

    def values(self) -> dict[str, Any]:
        return {**super().values(), "accepts_waiting": self.accepts_waiting.data == "yes"}


class InvitedForm(RegistrationForm):
    """The same for somebody whose address is known and confirmed by the link that they hold."""

    def __init__(self, **given: Unpack[Given]) -> None:
        super().__init__(**given)
        del self.email


class HandOverForm(Form):
    """Who takes the place instead."""

    name = TextField(NAME, NAME_RULES)
    email = EmailField(_l("E-mail address"), [required(_l("Enter the e-mail address.")), length(320), email()])


class ChangeForm(WorkshopsForm, Versioned):
    """What can be changed behind the link."""

    name = TextField(NAME, NAME_RULES)
    affiliation = TextField(AFFILIATION, [length(200)])

    def renew(self, groups: Sequence[Group]) -> None:
        super().renew(groups)
        if self.theirs:  # the service knows names and sessions, not groups of choices
            self.theirs |= {one.name: one.group.initial for one in self.groups}


NOBODY_GIVEN = _l("Paste the addresses or choose a file.")
CHANGED = _l("The list is not the one that was shown before. Look at it again and send it then.")


class InviteForm(ListForm):
    """Whom to invite: a list that is first looked at, and sent by the second button as it was shown."""

    shown = ("people", "language")
    people = TextArea(_l("E-mail addresses"))
    file = FileField(_l("File with addresses"))
    language = ChoiceField(
        _l("Language of the invitation"),
        [required(_l("Choose the language of the invitation."))],
        choices=choices(ENDONYMS.items()),
        default=current_language,
    )
    leave_out = BooleanField(_l("Leave out the lines that cannot be used"))

    def read(self) -> Sequence[Invitee]:
        """Everybody whom the list names. Raises Refusal."""
        return self.read_list(named, kept=kept, bounds=FILE, nothing=NOBODY_GIVEN)


class LinkForm(Form):
    """The own link, once more."""

    email = EmailField(_l("E-mail address"), [required(_l("Enter the e-mail address.")), length(320), email()])


def groups_of(workshops: Sequence[Workshop], held: Sequence[Place] = ()) -> list[Group]:
    """The workshops by stretch of time, in its order, with what somebody has of them already."""
    booked = [place.session_id for place in held if place.status == "booked"]
    waiting = {place.session_id: place.position or 0 for place in held if place.status == "waiting"}
    sessions, found_clashes = {place.booking_id: place.session_id for place in held}, clashes(held)
    beside = {sessions[number]: others for number, others in found_clashes.items()}
    found: dict[str, list[Workshop]] = {}
    for workshop in workshops:
        found.setdefault(workshop.group, []).append(workshop)
    return [Group(name, rows, booked, waiting, beside) for name, rows in found.items()]

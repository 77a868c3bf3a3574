"""Who takes part in an event: the list for those who run it, searched and filtered."""

import datetime as dt
from collections.abc import Mapping, Sequence

from flask import Response, request

from portal.events import queries as events
from portal.events.models import Event
from portal.face.web import Pagination, page, path_to, private
from portal.ground import clock
from portal.ground.authz import can, requires
from portal.mail import concern, log
from portal.registration import queries
from portal.registration.audiences import answers_to_choose, organisations_to_choose
from portal.registration.coming_days import days_of
from portal.registration.models import BookingStatus, RegistrationStatus
from portal.registration.policies import Permission
from portal.registration.queries import ACTIVE, Chosen, SessionCount
from portal.registration.ticked_forms import people_form
from portal.registration.views.blueprint import bp
from portal.registration.views.ticked import go_on
from portal.words.i18n import LANGUAGES, Localized, _, _n, formats
from portal.words.vocabularies import label, language_name, pairs, vocabulary

PAGE = 50
# The audience of a message that is those of a state; nobody writes to the others.
AUDIENCES = {"": "registered", "confirmed": "confirmed", "waiting": "waiting", "pending": "pending"}

NARROWED = ("day", "language", "role", "organisation", "sector", "answer")  # filters that a message has, too

Option = tuple[str, str | Localized]
Filter = tuple[str, str, Sequence[Option]]  # its name in the address, its label, (value, words); the first is no filter


@bp.route("/events/<slug:slug>/participants", methods=["GET", "POST"])
@requires(Permission.PARTICIPANTS, on=events.by_slug)
def participants(event: Event) -> Response:
    """The list; what is sent from it says who is ticked and which page goes on with them."""
    private()
    chosen, (numbers, places, untold) = Chosen.read(request.args), queries.state_numbers(event.id)
    found, sessions = queries.people(event, chosen), queries.session_counts(event.id)
    pages = Pagination.of_request(_number(chosen, numbers) or found.number, PAGE)
    people = found.rows(offset=pages.offset, limit=pages.size)
    form = people_form(event, people)
    if form.validate_on_submit():
        return go_on(event, form, chosen)
    held = queries.places_by_person(event.id, only=[one.id for one in people])
    named = organisations_to_choose(event)
    return page(
        "registration/participants.html", event=event, form=form, people=people, pages=pages, numbers=numbers, held=held,
        sessions=sessions, places=places, chosen=chosen,
        filters=_filters(event, numbers, sessions, named), tags=_tags(event, chosen, sessions, named),
        trouble=log.trouble([one.address for one in people], concern("event", event.id)),
        clashing={number for number, own in held.items() if _is_doubled(own)}, double=queries.double_booked(event.id),
        writing=_writing(event, chosen), calls=untold,
    )  # fmt: skip


def _number(chosen: Chosen, numbers: Mapping[str, int]) -> int:
    """How many are chosen, where that follows from the numbers of the states; else 0."""
    if chosen.address.keys() - {"state"}:
        return 0
    states = [chosen.state] if chosen.state else ACTIVE
    return sum(numbers.values()) if chosen.state == queries.ALL else sum(numbers.get(one, 0) for one in states)


def _is_doubled(own: Sequence[queries.Place]) -> bool:
    """Is this person in two places at once?"""
    return bool(queries.clashes([place for place in own if place.status == BookingStatus.BOOKED]))


def _filters(
    event: Event, numbers: Mapping[str, int], sessions: Sequence[SessionCount], organisations: Sequence[Option]
) -> list[Filter]:
    """What the list can be narrowed by, beside the words; a filter with nothing to choose is left out."""
    days = _days(event, sessions)
    offered: list[Filter] = [
        ("state", _("State"), _states(numbers)),
        ("session", _("Workshop"), [(str(one.id), one.title) for one in sessions]),
        ("day", _("Day of a workshop"), [(day.isoformat(), _day_words(day)) for day in days] if len(days) > 1 else []),
        ("language", _("Language"), [(code, language_name(code)) for code in LANGUAGES]),
        ("role", _("Role"), [(code, label("participant_role", code)) for code in _roles(event)]),
        ("organisation", _("Organisation in the directory"), organisations),
        ("sector", _("Sector"), pairs(vocabulary("sector")) if event.asks_organisation else []),
        ("coming", _("Do they come"), _answered(event) if event.reconfirm_days else []),
        ("reached", _("How the team reaches them"), [(queries.PHONE, _("by telephone, without e-mail"))]),
        ("answer", _("Answer to a question"), _answers(event)),
    ]
    return [
        (name, words, options if name == "state" else [("", _("All")), *options])
        for name, words, options in offered
        if options
    ]


def _roles(event: Event) -> Sequence[str]:
    """The roles to choose from, where there are several."""
    return event.offered_roles if len(event.offered_roles) > 1 else ()


def _coming() -> dict[str, str]:
    return {"yes": _("They come"), "some-days": _("They come only on some days"), "silent": _("No answer yet")}


def _answered(event: Event) -> list[Option]:
    """The answers to whether they come that this event can have."""
    return [(code, words) for code, words in _coming().items() if code != "some-days" or days_of(event)]


def _answers(event: Event) -> list[Option]:
    return [(code, words if isinstance(words, Localized) else str(words)) for code, words in answers_to_choose(event)]


def _states(numbers: Mapping[str, int]) -> list[Option]:
    """The states that there are, each with how many are in it."""
    counts = [
        ("", _("takes part or waits"), sum(numbers.get(state, 0) for state in ACTIVE)),
        *((one, label("registration_status", one), numbers[one]) for one in RegistrationStatus if one in numbers),
        (queries.ALL, _("all"), sum(numbers.values())),
    ]
    return [
        (state, _("%(words)s: %(number)s", words=words, number=formats.number(number)))
        for state, words, number in counts
    ]


def _days(event: Event, sessions: Sequence[SessionCount]) -> list[dt.date]:
    return sorted({clock.to_wall(one.span.starts, event.timezone).date() for one in sessions})


def _day_words(day: dt.date) -> str:
    return f"{formats.weekday(day)}, {formats.day_month(day)}"


def _tags(
    event: Event, chosen: Chosen, sessions: Sequence[SessionCount], organisations: Sequence[Option]
) -> list[tuple[str | Localized, str]]:
    """What is chosen, each with the address of the list without it."""
    titles = {one.id: one.title for one in sessions}
    is_state = chosen.state in list(RegistrationStatus)
    words = {
        "q": _("words: %(words)s", words=chosen.q),
        "state": label("registration_status", chosen.state) if is_state else _("everybody, whatever the state"),
        "session": titles.get(chosen.session or 0, _("a workshop that is not there")),
        "day": _day_words(chosen.day) if chosen.day else "",
        "language": language_name(chosen.language) if chosen.language else "",
        "role": label("participant_role", chosen.role) if chosen.role else "",
        "organisation": dict(organisations).get(
            str(chosen.organisation), _("an organisation that nobody here comes for")
        ),
        "sector": label("sector", chosen.sector) if chosen.sector else "",
        "coming": _coming().get(chosen.coming, ""),
        "answer": dict(_answers(event)).get(chosen.answer, _("an answer that is not there")),
        "reached": _("by telephone, without e-mail"),
        "people": _n("%(n)s ticked person", "%(n)s ticked people", len(chosen.people)),
    }
    address = chosen.address
    return [(words[name], _address(event, {**address, name: ""})) for name in address]


def _address(event: Event, filters: Mapping[str, str]) -> str:
    return path_to(
        "registration.participants", slug=event.slug, **{name: value for name, value in filters.items() if value}
    )


def _writing(event: Event, chosen: Chosen) -> list[tuple[str, str]]:
    """(words, address) of new messages to these people: none where no audience is these people."""
    told_apart = chosen.q or chosen.coming or chosen.people or chosen.reached
    if told_apart or chosen.state not in AUDIENCES or not can(Permission.WRITE_TO_PEOPLE, event):
        return []
    narrowed = {name: value for name, value in chosen.address.items() if name in NARROWED}
    found: list[tuple[str, dict[str, str]]] = [(_("Write to these people"), {})]
    if number := chosen.address.get("session"):
        found = [
            (_("Write to those with a place"), {"session": number}),
            (_("Write to those on the waiting list"), {"waiting": number}),
        ]
    return [
        (words, path_to("messages.new", sender="event", slug=event.slug, audience=AUDIENCES[chosen.state],
                        **{**narrowed, **more}))
        for words, more in found
    ]  # fmt: skip

"""In whose name the team of an event writes to those who take part, and to whom: what `portal.messages` knows of events."""

import datetime as dt
from collections.abc import Callable, Sequence

import sqlalchemy as sa

from portal.declaration import Audience, Narrowing, Sender, Unmailed, Words
from portal.events import queries as events
from portal.events.forms import day_text
from portal.events.models import Event
from portal.ground import clock
from portal.mail import Kind
from portal.membership.models import Network
from portal.membership.publishers import publisher_of
from portal.organisations.queries import contacts_of
from portal.questions import queries as questions
from portal.questions.models import AGREED, QuestionKind
from portal.registration import queries
from portal.registration.event_page import event_page
from portal.registration.models import BookingStatus, RegistrationStatus
from portal.registration.policies import Permission
from portal.words.i18n import LANGUAGES, LazyString, Localized, _, _l, _n, current_language
from portal.words.vocabularies import Term, label, language_name, vocabulary

COMES = "You get this message because you have a place at this event."
WAITS = "You get this message because you are on the waiting list of this event."
ASKS = "You get this message because you have asked for a place at this event."
REGISTERED = "You get this message because you have registered for this event."
_SENTENCES = (
    _l("You get this message because you have a place at this event."),
    _l("You get this message because you are on the waiting list of this event."),
    _l("You get this message because you have asked for a place at this event."),
    _l("You get this message because you have registered for this event."),
)
CONFIRMED, WAITS_FOR = RegistrationStatus.CONFIRMED, RegistrationStatus.WAITING
PENDING = RegistrationStatus.PENDING


def _sessions(event: Event) -> Sequence[tuple[str, Words]]:
    """Sessions with limited places."""
    return [(str(one.id), one.title) for one in events.sessions(event.id) if one.seats is not None]


def _in_session(status: BookingStatus) -> Callable[[int, str], sa.Select[int]]:
    def people(event_id: int, option: str) -> sa.Select[int]:
        return queries.in_session(event_id, int(option) if option.isdecimal() else 0, status)

    return people


def _days(event: Event) -> Sequence[tuple[str, Words]]:
    """The days with sessions in which places are booked; one day alone narrows nothing."""
    booked = [one for one in events.sessions(event.id) if one.seats is not None]
    days = sorted({clock.to_wall(one.starts_at, event.timezone).date() for one in booked})
    return [(day.isoformat(), LazyString(day_text, day)) for day in days] if len(days) > 1 else []


def _on_day(event_id: int, option: str) -> sa.Select[int]:
    zone = _event(event_id).timezone
    begins = dt.datetime.combine(dt.date.fromisoformat(option), dt.time())
    return queries.on_day(event_id, *(clock.from_wall(wall, zone) for wall in (begins, begins + dt.timedelta(days=1))))


def _roles(event: Event) -> Sequence[tuple[str, Words]]:
    """The roles that the event offers; one alone narrows nothing."""
    offered = event.offered_roles
    return [(code, LazyString(label, "participant_role", code)) for code in offered] if len(offered) > 1 else []


def organisations_to_choose(event: Event) -> Sequence[tuple[str, Localized]]:
    """The organisations of the directory for which somebody comes, by the alphabet of the page."""
    return queries.organisations_named(event.id) if event.asks_organisation else []


def _sectors(event: Event) -> Sequence[tuple[str, Words]]:
    return [(term.code, LazyString(label, "sector", term.code)) for term in _all_sectors(event)]


def _all_sectors(event: Event) -> Sequence[Term]:
    return vocabulary("sector") if event.asks_organisation else ()


def _of_organisation(event_id: int, option: str) -> sa.Select[int]:
    return queries.of_organisation(event_id, int(option) if option.isdecimal() else 0)


def answers_to_choose(event: Event) -> Sequence[tuple[str, Words]]:
    """Every answer that can be chosen to a question of the event, and its consents."""
    found: list[tuple[str, Words]] = []
    for one in questions.asked(event.question_set_id):
        if one.kind is QuestionKind.CONSENT:
            found.append((f"{one.id}:{AGREED}", one.question.text))
        for option in one.options if one.kind.has_options else ():
            found.append((f"{one.id}:{option.code}", LazyString(_one_answer, one.question.text, option.text)))
    return found


def _one_answer(question: Localized, answer: Localized) -> str:
    here = current_language()
    return _("%(question)s → %(answer)s", question=question.shown_in(here).text, answer=answer.shown_in(here).text)


def _ticked(event: Event, option: str) -> str | None:
    """How many people somebody has ticked in the list; None where they are of another event, or none."""
    numbers = queries.ticked(option)
    number = queries.people(event, queries.Chosen(state=queries.ALL, people=numbers)).number if numbers else 0
    if not number:
        return None
    return _n("%(n)s person ticked in the list", "%(n)s people ticked in the list", number)


def _of_ticked(event_id: int, option: str) -> sa.Select[int]:
    return queries.of_ticked(event_id, queries.ticked(option))


def _who_answered(event_id: int, option: str) -> sa.Select[int]:
    number, _colon, code = option.partition(":")
    return queries.who_answered(event_id, int(number) if number.isdecimal() else 0, code)


def _event(event_id: int) -> Event:
    event = events.find(event_id)
    assert event is not None, "a message is of an event that is there"
    return event


def contact_of(event: Event) -> str:
    """The address that answers go to: the contact of the network, a public one of the organisation, or none."""
    host = publisher_of(event)
    if isinstance(host, Network):
        return host.contact_email
    return next((one.value for one in contacts_of(host) if one.kind == "email" and one.visibility == "public"), "")


def _unmailed(event: Event) -> Unmailed | None:
    """Those who take part, or wait to, without a mailbox: the team tells them by telephone."""
    number = queries.people(event, queries.Chosen(reached=queries.PHONE)).number
    list_ = ("registration.participants", {"slug": event.slug, "reached": queries.PHONE})
    return Unmailed(number, list_) if number else None


SENDER = Sender(
    code="event",
    model=Event,
    by_slug=events.by_slug,
    by_number=events.find,
    permission=Permission.WRITE_TO_PEOPLE,
    name=lambda event: event.title,
    contact=contact_of,
    page=event_page,
    unmailed=_unmailed,
    mail=Kind.EVENT_MESSAGE,
    audiences=(
        Audience(
            "confirmed",
            _l("People with a place"),
            _l("Everybody who has a confirmed place on the day of sending. A shared mailbox gets one message."),
            COMES,
            lambda number: queries.mailboxes(number, [CONFIRMED]),
        ),
        Audience(
            "waiting",
            _l("People on the waiting list of the event"),
            _l("Everybody who waits for a place at the event on the day of sending."),
            WAITS,
            lambda number: queries.mailboxes(number, [WAITS_FOR]),
        ),
        Audience(
            "pending",
            _l("People whose request nobody has answered"),
            _l("Everybody who has asked for a place and has no answer of the team on the day of sending."),
            ASKS,
            lambda number: queries.mailboxes(number, [PENDING]),
        ),
        Audience(
            "registered",
            _l("Everybody who has registered"),
            _l(
                "Whoever has a place, waits for one or has asked for one; not who has cancelled or never confirmed the address."
            ),
            REGISTERED,
            lambda number: queries.mailboxes(number, queries.ACTIVE),
        ),
    ),
    narrowings=(
        Narrowing("session", _l("With a place in"), _sessions, _in_session(BookingStatus.BOOKED)),
        Narrowing("waiting", _l("On the waiting list of"), _sessions, _in_session(BookingStatus.WAITING)),
        Narrowing("day", _l("Day on which they have a session"), _days, _on_day),
        Narrowing("role", _l("Role"), _roles, queries.in_role),
        Narrowing("organisation", _l("Organisation in the directory"), organisations_to_choose, _of_organisation),
        Narrowing("sector", _l("Sector"), _sectors, queries.in_sector),
        Narrowing("answer", _l("Answer to a question"), answers_to_choose, _who_answered),
        Narrowing(
            "language",
            _l("Language that they read"),
            lambda _event: [(code, LazyString(language_name, code)) for code in LANGUAGES],
            lambda _number, code: queries.reading(code),
        ),
        Narrowing("people", _l("Ticked people"), lambda _event: (), _of_ticked, _ticked),
    ),
)

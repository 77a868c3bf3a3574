"""The own registration on paper: what its page says to somebody who cannot press a button on it.

What waits for an answer is left to the page, where the answer is given; the code of the receipt stands on both.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.events.forms import day_text
from portal.events.models import Event, EventStatus, Mode
from portal.face.look import in_title
from portal.face.pdf import Block, Head, Items, Lines, Pairs, Paper, Part, Passage, Said
from portal.organisations.models import Organisation
from portal.questions.models import QuestionKind
from portal.questions.queries import Answered
from portal.registration.models import PARTICIPANT, Registration, RegistrationStatus
from portal.registration.promises import Promise
from portal.registration.queries import Place, Wished
from portal.words.i18n import Shown, _, current_language, formats, written
from portal.words.vocabularies import label, language_name


@dataclass(frozen=True, slots=True)
class Own:
    """What the page and the paper of a registration say alike. `wished` is what somebody asks for before the team has decided."""

    registration: Registration
    event: Event
    plan: Sequence[tuple[dt.date, Sequence[Place]]]
    clashes: Mapping[int, Sequence[Place]]
    wished: Sequence[Wished]
    position: int | None
    organisation: Organisation | None
    answers: Sequence[Answered]
    promise: Promise
    successor: Registration | None
    is_active: bool


def own_paper(own: Own, made_at: dt.datetime, *, receipt_address: str) -> Paper:
    """`receipt_address` is where the code of the receipt is entered."""
    name = _("Your registration")
    blocks = [
        _head(own, made_at), *_state(own), *(_plan(own) if own.is_active else _record(own)),
        *(_data(own) if own.is_active else ()), *_kept(own, receipt_address),
    ]  # fmt: skip
    return Paper(f"{name}{in_title(own.event.title)}", name, made_at, blocks)


def _head(own: Own, made_at: dt.datetime) -> Head:
    event, status = own.event, own.registration.status
    over = (label("registration_status", status), " · ", own.registration.name)
    lines: list[Said] = [formats.date_range(event.starts_at, event.ends_at, event.timezone), _place(event)]
    note = _("As of %(when)s", when=formats.date_time(made_at, event.timezone))
    return Head(over, event.title, [line for line in lines if line], note)


def _place(event: Event) -> Said:
    if event.mode == Mode.ONLINE and not event.venue and not event.town:
        return _("Online")
    parts = [part for part, is_there in ((event.venue, event.venue), (event.town_text, event.town)) if is_there]
    return (parts[0], ", ", parts[1]) if len(parts) > 1 else parts


def _state(own: Own) -> list[Block]:
    registration, event = own.registration, own.event
    if event.status == EventStatus.CANCELLED:
        return [Passage(_("This event is cancelled"), "strong"), *_quoted(event.cancel_reason, event)]
    if not own.is_active:
        return _ended(own)
    if registration.status == RegistrationStatus.PENDING:
        keeps = _("A place is kept for you until the team has answered. We write as soon as it has.")
        has_none = _("Nobody has a place before that. We write as soon as the team has answered.")
        return [
            Passage(_("The team decides"), "strong"), Passage(keeps if registration.holds_seat else has_none),
        ]  # fmt: skip
    if own.position:
        return [Passage(_position(own.position), "strong")]
    if registration.status == RegistrationStatus.CONFIRMED and event.is_online:
        return _joining(event)
    return []


def _ended(own: Own) -> list[Block]:
    """How a registration has ended."""
    registration, event = own.registration, own.event
    if registration.status == RegistrationStatus.REJECTED:
        said = _("The team of the event has not accepted the request. It gives this reason:")
        return [Passage(said), *_quoted(registration.reason, event)]
    if registration.is_released:
        return [Passage(_("There was no answer in time, and the place has gone to the waiting list."))]
    if registration.status == RegistrationStatus.TRANSFERRED:
        name = own.successor.name if own.successor else "–"
        return [Passage(_("The place and everything that was booked now belong to: %(name)s", name=name))]
    words = {
        RegistrationStatus.EXPIRED: _(
            "A place was kept for you, and the time to answer is over. It has gone to the next person on the list."
        ),
        RegistrationStatus.DECLINED: _("You have left the offered place to somebody else."),
    }
    other = _("The registration is cancelled. Its places are free for others.")
    return [Passage(words.get(RegistrationStatus(registration.status), other))]


def _joining(event: Event) -> list[Block]:
    """Where an online meeting is: for people with a confirmed place."""
    if not event.online_url:
        said: Said = _("The address of the online meeting is not known yet. It will be here.")
    else:
        said = (_("Join the online meeting"), "\n", event.online_url)
    return [Passage(said), *([Passage(event.online_notes)] if event.online_notes else [])]


def _plan(own: Own) -> list[Block]:
    blocks: list[Block] = [Part(_("Your plan"))]
    for day, places in own.plan:
        weekday = formats.weekday(day)
        blocks.append(Part(f"{weekday[0].upper()}{weekday[1:]}, {formats.day_month(day)}", 3))
        blocks.append(Lines([_planned(one, own) for one in places]))
    blocks += _rules(own)
    if own.wished:
        blocks.append(Passage(_("Asked for, not booked yet:")))
        blocks.append(Items([_wished(one, own.event) for one in own.wished]))
    elif not own.plan:
        blocks.append(Passage(_("No workshop is booked.")))
    return blocks


def _rules(own: Own) -> list[Block]:
    """By which rule somebody who waits gets a place."""
    if not any(one.position for _day, places in own.plan for one in places):
        return []
    offered = _(
        "A place that becomes free is kept for the first person who has nothing else at that time, and we write."
    )
    booked = _("A place that becomes free is booked at once for the first person who has nothing else at that time.")
    ends = _("When one of these places becomes yours, the other waiting places at the same time end.")
    stay = _("When one of these places becomes yours, the other waiting places at the same time stay.")
    turn = offered if own.event.offer_hours else booked
    return [Passage((turn, " ", ends if own.registration.drops_waits else stay), "note")]


def _planned(one: Place, own: Own) -> tuple[Said, Sequence[Said]]:
    event = own.event
    said: list[Said] = [one.title]
    if one.room:
        said.append(one.room)
    if one.position:
        said.append(_position(one.position))
    for other in own.clashes.get(one.booking_id, ()):
        said += [_("At the same time"), (_("You also have a place in:"), " ", other.title)]
    if one.until:
        said.append(_("A place is kept for you"))
        said.append(_("Answer by: %(deadline)s", deadline=formats.date_time(one.until, event.timezone)))
    return formats.time_range(one.span.starts, one.span.ends, event.timezone), said


def _wished(one: Place | Wished, event: Event) -> Said:
    hours = formats.day_and_hours(one.span.starts, one.span.ends, event.timezone)
    return (one.title, "\n", hours, *(("\n", one.room) if one.room else ()))


def _record(own: Own) -> list[Block]:
    """What was over before the registration ended."""
    places = [(day, one) for day, held in own.plan for one in held]
    if not places:
        return []
    return [
        Passage(_("What was over before stays on record:")), Items([_wished(one, own.event) for _day, one in places]),
    ]  # fmt: skip


def _data(own: Own) -> list[Block]:
    registration, event = own.registration, own.event
    own_words = written(registration.affiliation, registration.locale) if registration.affiliation else None
    has_roles = event.participant_roles or registration.role != PARTICIPANT
    said: list[tuple[Said, Said | None]] = [
        (_("First and last name"), registration.name),
        (_("E-mail address"), registration.address),
        (_("How many people come along"), formats.number(registration.companions) if registration.companions else None),
        (_("Organisation, group or town"), own_words),
        (_("In the directory"), own.organisation.name if own.organisation else None),
        (_("Sector"), label("sector", registration.sector) if registration.sector else None),
        (_("Role"), label("participant_role", registration.role) if has_roles else None),
        (_("You come only on"), "; ".join(map(day_text, registration.only_days)) or None),
    ]
    pairs: list[tuple[Said, Sequence[Said]]] = [(words, [value]) for words, value in said if value]
    answers = [(one.question.text, _answer(one, event.timezone)) for one in own.answers]
    return [Part(_("Your data")), Pairs([*pairs, *answers])]


def _answer(one: Answered, zone: str) -> Sequence[Said]:
    answer = one.answer
    text = Shown(answer.text, answer.lang, answer.lang != current_language(), False, True)
    if answer.number is not None:
        return [formats.number(answer.number)]
    if answer.day is not None:
        return [formats.date(answer.day)]
    if one.file is not None:
        return [(answer.text, " (", formats.file_size(one.file.size), ")")]
    if one.chosen:
        return [option.text for option in one.chosen]
    if one.kind == QuestionKind.CONSENT:
        return [_("Agreed on %(date)s to these words:", date=formats.date(answer.answered_at, zone)), text]
    if text.is_fallback and one.kind == QuestionKind.LONG_TEXT:
        return [_("Written in %(language)s", language=language_name(text.lang)), text]
    return [text]


def _kept(own: Own, receipt_address: str) -> list[Block]:
    promise, receipt = own.promise, own.registration.receipt
    words: list[Said] = [
        (_("Your answer to this question is deleted on %(day)s:", day=formats.date(day)), " ", question)
        for question, day in promise.answer_days
        if day < promise.day
    ]
    words.append(_("Your name, address and answers are deleted on %(day)s.", day=formats.date(promise.day)))
    words.append(_("What you need to take part is deleted on %(day)s.", day=formats.date(promise.needs_day)))
    blocks: list[Block] = [Part(_("How long your data are kept")), Items(words)]
    if promise.held_until:
        day = formats.date(promise.held_until)
        longer = _(
            "The organisers keep the names and answers for longer, until %(day)s, and give this reason:", day=day
        )
        blocks += [Passage(longer), *_quoted(own.event.hold_reason, own.event)]
    if receipt:
        only_way = _(
            "Note it. When everything is deleted, it is the only way to find that out, because we no longer know who you are."
        )
        blocks.append(Pairs([(_("Your receipt code:"), [receipt]), (_("Where to enter it"), [receipt_address])]))
        blocks.append(Passage(only_way, "note"))
    return blocks


def _position(number: int) -> str:
    return _("Position on the waiting list: %(n)s", n=formats.number(number))


def _quoted(words: str, event: Event) -> list[Block]:
    """Why, in the words of the organisers."""
    return [Passage(written(words, event.title.original), "quote")] if words else []

"""Use-cases of an event as a whole."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from portal.events.facts import EventChanged
from portal.events.models import Event, EventStatus, ProgrammeSession, SessionStatus, Slot
from portal.events.services import common
from portal.ground import audit, clock
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal, check_version
from portal.ground.facts import announce
from portal.membership.models import Network
from portal.words.i18n import Localized, _l, _ln
from portal.words.richtext import clean
from portal.words.slugs import again_when_taken, free_slug

TEXTS = ("title", "summary", "description", "venue")


@again_when_taken
def create_event(
    *, network: Network, language: str, title: str, summary: str, description: str, venue: str, town: str,
    timezone: str, starts_at: dt.datetime, ends_at: dt.datetime, registration_opens_at: dt.datetime | None = None,
    registration_closes_at: dt.datetime | None = None, seats: int | None = None, by: Any,
) -> Event:  # fmt: skip
    """A draft of an event, all texts in one language. Times are wall times of `timezone`.

    Refuses hours that do not exist, an end before the beginning, a registration that closes before it opens.
    """
    times = _instants(timezone, starts_at, ends_at, registration_opens_at, registration_closes_at)
    with transaction() as session:
        event = Event(
            network_id=network.id, slug=free_slug(title, Event.slug, fallback="event"), title=Localized.of(language, title),
            summary=Localized.of(language, summary), description=Localized.of(language, clean(description)),
            venue=Localized.of(language, venue), town=town, timezone=timezone, seats=seats, **times,
        )  # fmt: skip
        session.add(event)
        session.flush()
        announce(EventChanged(event.id, None, common.frame(event)))
        audit.record("event.created", event, actor=by)
    return event


def update_event(
    event: Event, *, version: int, title: str, summary: str, description: str, venue: str, town: str, timezone: str,
    starts_at: dt.datetime, ends_at: dt.datetime, registration_opens_at: dt.datetime | None = None,
    registration_closes_at: dt.datetime | None = None, seats: int | None = None, agreed: bool = False, by: Any,
) -> None:  # fmt: skip
    """Change an event, its texts in their original language.

    Refuses what `create_event` refuses, a frame that leaves sessions outside, another zone while there is a programme,
    and, unless `agreed`, a change of time or place that people who have registered must learn of.
    """
    times = _instants(timezone, starts_at, ends_at, registration_opens_at, registration_closes_at)
    with transaction():
        event = common.editable_event(event.id)
        check_version(event, version, as_form(event))
        _check_programme(event, timezone, times)
        old = common.frame(event)
        new_texts = {"title": title, "summary": summary, "description": clean(description), "venue": venue}
        for name, text in new_texts.items():
            value: Localized = getattr(event, name)
            setattr(event, name, value.with_text(_language(event), text))
        event.town, event.timezone, event.seats = town, timezone, seats
        for name, moment in times.items():
            setattr(event, name, moment)
        new = common.frame(event)
        if new != old:
            fact = EventChanged(event.id, old, new)
            if event.status == EventStatus.PUBLISHED:
                common.consent(fact, agreed)
                event.sequence += 1
            db.session.flush()
            announce(fact)
        common.reindex(event)
        audit.record("event.changed", event, detail={"frame": new != old}, actor=by)


def translate_event(event: Event, *, version: int, language: str, texts: dict[str, str], by: Any) -> None:
    """Set the texts of an event in a language that is not its original one; an empty text removes the translation."""
    with transaction():
        event = common.editable_event(event.id)
        check_version(event, version, {name: getattr(event, name).get(language) for name in TEXTS})
        for name in TEXTS:
            value: Localized = getattr(event, name)
            text = clean(texts[name]) if name == "description" else texts[name]
            if language != value.original and (value or not text):
                setattr(event, name, value.with_translation(language, text))
        common.reindex(event)
        audit.record("event.translated", event, detail={"language": language}, actor=by)


def delete_event(event: Event, *, by: Any) -> None:
    """Delete a draft with everything in it. Refuses what was ever published: that is cancelled instead."""
    with transaction() as session:
        event = common.locked_event(event.id)
        if event.status != EventStatus.DRAFT:
            raise Refusal(_l("This event was published, so it stays. It can be cancelled."))
        audit.record("event.deleted", event, detail={"title": event.title.as_json()}, actor=by)
        session.flush()
        session.delete(event)


def as_form(event: Event) -> dict[str, Any]:
    """The stored values, by field of the form: texts in their original language, times of the wall."""
    zone = event.timezone

    def wall(moment: dt.datetime | None) -> dt.datetime | None:
        return clock.to_wall(moment, zone) if moment else None

    return {
        **{name: getattr(event, name).get(_language(event)) for name in TEXTS},
        "town": event.town,
        "timezone": zone,
        "starts_at": wall(event.starts_at),
        "ends_at": wall(event.ends_at),
        "registration_opens_at": wall(event.registration_opens_at),
        "registration_closes_at": wall(event.registration_closes_at),
        "seats": event.seats,
    }


def _language(event: Event) -> str:
    return event.title.original


def _instants(
    zone: str, starts: dt.datetime, ends: dt.datetime, opens: dt.datetime | None, closes: dt.datetime | None
) -> dict[str, dt.datetime | None]:
    refused: list[Refusal] = []
    walls = {
        "starts_at": starts,
        "ends_at": ends,
        "registration_opens_at": opens,
        "registration_closes_at": closes,
    }
    found = {name: common.instant(wall, zone, name, refused) for name, wall in walls.items()}
    first, last = found["starts_at"], found["ends_at"]
    if first and last and last <= first:
        refused.append(Refusal(common.END_FIRST, field="ends_at"))
    elif first and last and last - first > common.LONGEST_EVENT:
        refused.append(Refusal(_l("An event lasts at most 60 days. Choose an earlier end."), field="ends_at"))
    refused += _check_registration(found)
    common.raise_all(refused)
    return found


def _check_registration(times: dict[str, dt.datetime | None]) -> list[Refusal]:
    opens, closes, ends = (times[name] for name in ("registration_opens_at", "registration_closes_at", "ends_at"))
    if closes and opens and closes <= opens:
        return [
            Refusal(
                _l("Registration would close before it opens. Choose a later deadline."), field="registration_closes_at"
            )
        ]
    if closes and ends and closes > ends:
        return [
            Refusal(
                _l("Registration would close after the event. Choose an earlier deadline."),
                field="registration_closes_at",
            )
        ]
    return []


def _check_programme(event: Event, timezone: str, times: dict[str, dt.datetime | None]) -> None:
    """The programme must still lie inside the event, and its wall times must not move by themselves."""
    refused = []
    planned = sa.select(sa.func.count()).where(
        ProgrammeSession.event_id == event.id, ProgrammeSession.status == SessionStatus.SCHEDULED
    )
    early = db.session.scalar(planned.where(ProgrammeSession.starts_at < times["starts_at"])) or 0
    late = db.session.scalar(planned.where(ProgrammeSession.ends_at > times["ends_at"])) or 0
    for number, field in ((early, "starts_at"), (late, "ends_at")):
        if number:
            refused.append(
                Refusal(
                    _ln(
                        "%(n)s session would lie outside the event. Move it first.",
                        "%(n)s sessions would lie outside the event. Move them first.",
                        number,
                    ),
                    field=field,
                )
            )
    if timezone != event.timezone and _has_programme(event):
        reason = _l("There is a programme already, with its hours in the present time zone. The zone stays.")
        refused.append(Refusal(reason, field="timezone"))
    common.raise_all(refused)


def _has_programme(event: Event) -> bool:
    rows = (sa.exists().where(model.event_id == event.id) for model in (ProgrammeSession, Slot))
    return any(db.session.scalar(sa.select(row)) for row in rows)

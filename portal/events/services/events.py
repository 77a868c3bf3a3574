"""Use-cases of an event as a whole."""

import datetime as dt

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.events.facts import EventChanged
from portal.events.fields import EVENT, MOST_THEMES
from portal.events.models import Event, EventStatus, ProgrammeSession, SessionStatus, Slot
from portal.events.policies import Permission
from portal.events.services import editing
from portal.ground import audit
from portal.ground.authz import Portal, demand
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal, check_version
from portal.ground.facts import announce
from portal.membership.models import Network
from portal.membership.publishers import Publisher
from portal.words.fields import Given
from portal.words.i18n import _l, _ln
from portal.words.slugs import again_when_taken, free_slug


@again_when_taken
def create_event(*, host: Publisher, language: str, by: Person | Portal, **values: object) -> Event:
    """A draft of an event of a network or an organisation, with the fields of EVENT, all texts in one language.

    Times are wall times of its zone.

    Refuses hours that do not exist, an end before the beginning, a registration that closes before it opens.
    """
    given = _with_instants(EVENT.given_new(values))
    with transaction() as session:
        is_network = isinstance(host, Network)
        demand(Permission.CREATE if is_network else Permission.CREATE_FOR_ORGANISATION, host, by=by)
        slug = free_slug(given.text("title"), Event.slug, fallback="event")
        event = Event(
            network_id=host.id if is_network else None, organisation_id=None if is_network else host.id, slug=slug,
            **EVENT.new(given, language),
        )  # fmt: skip
        session.add(event)
        session.flush()
        announce(EventChanged(event.id, None, editing.frame(event)))
        audit.record("event.created", event, actor=by)
    return event


def update_event(event: Event, *, version: int, agreed: str = "", by: Person | Portal, **values: object) -> None:
    """Change an event, its texts in their original language.

    Refuses what `create_event` refuses, a frame that leaves sessions outside, another zone while there is a programme,
    and, until `agreed` (a Telling) says whether they are told, a change of time or place that reaches people who have registered.
    """
    given = _with_instants(EVENT.given(values))
    with transaction():
        event = editing.editable_event(event.id, by=by, permission=Permission.EDIT)
        language = event.title.original
        check_version(event, version, EVENT.read(event, language, event.timezone))
        _check_programme(event, given)
        old = editing.frame(event)
        EVENT.write(event, given, language)
        new = editing.frame(event)
        if new != old:
            fact = EventChanged(event.id, old, new, agreed == editing.Telling.QUIET)
            if event.status == EventStatus.PUBLISHED:
                editing.consent(fact, agreed)
                event.sequence += new.is_elsewhere(old)
            db.session.flush()
            announce(fact)
        editing.reindex(event)
        audit.record("event.changed", event, detail={"frame": new != old}, actor=by)


def translate_event(event: Event, *, version: int, language: str, by: Person | Portal, **texts: object) -> None:
    """Set the texts of an event in a language that is not its original one; an empty text removes the translation."""
    given = EVENT.texts.given(texts)
    with transaction():
        event = editing.editable_event(event.id, by=by)
        check_version(event, version, EVENT.texts.read(event, language))
        EVENT.texts.translate(event, given, language)
        editing.reindex(event)
        audit.record("event.translated", event, detail={"language": language}, actor=by)


def delete_event(event: Event, *, by: Person | Portal) -> None:
    """Delete a draft with everything in it. Refuses what was ever published: that is cancelled instead."""
    with transaction() as session:
        event = editing.locked_event(event.id)
        if event.status != EventStatus.DRAFT:
            raise Refusal(_l("This event was published, so it stays. It can be cancelled."))
        demand(Permission.DELETE, event, by=by)
        audit.record("event.deleted", event, detail={"title": event.title.as_json()}, actor=by)
        session.flush()
        session.delete(event)


def _with_instants(given: Given) -> Given:
    """The values with instants for their wall times, checked."""
    refused: list[Refusal] = []
    found = editing.instants(EVENT, given, given.text("timezone"), refused)
    first, last = found["starts_at"], found["ends_at"]
    if first and last and last <= first:
        refused.append(Refusal(editing.END_FIRST, field="ends_at"))
    elif first and last and last - first > editing.LONGEST_EVENT:
        refused.append(Refusal(_l("An event lasts at most 60 days. Choose an earlier end."), field="ends_at"))
    if len(given.codes("themes")) > MOST_THEMES:
        refused.append(Refusal(_l("Choose at most five themes."), field="themes"))
    return given.check(*refused, *_check_registration(found), *_check_limit(given)).replaced(found)


def _check_limit(given: Given) -> list[Refusal]:
    """What the limit of one organisation needs: a number of places, and to know the organisation."""
    if given.number("max_per_organisation") is None:
        return []
    refused = []
    if given.number("seats") is None:
        refused.append(Refusal(_l("Enter first how many places there are in the whole event."), field="seats"))
    if not given["asks_organisation"]:
        refused.append(
            Refusal(
                _l("The form does not ask for the organisation, so nobody can count. Tick that it asks."),
                field="max_per_organisation",
            )
        )
    return refused


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


def _check_programme(event: Event, given: Given) -> None:
    """The programme must still lie inside the event, and its wall times must not move by themselves."""
    refused = []
    planned = sa.select(sa.func.count()).where(
        ProgrammeSession.event_id == event.id, ProgrammeSession.status == SessionStatus.SCHEDULED
    )
    early = db.session.scalar(planned.where(ProgrammeSession.starts_at < given.moment("starts_at"))) or 0
    late = db.session.scalar(planned.where(ProgrammeSession.ends_at > given.moment("ends_at"))) or 0
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
    if given["timezone"] != event.timezone and _has_programme(event):
        reason = _l("There is a programme already, with its hours in the present time zone. The zone stays.")
        refused.append(Refusal(reason, field="timezone"))
    editing.raise_all(refused)


def _has_programme(event: Event) -> bool:
    rows = (sa.exists().where(model.event_id == event.id) for model in (ProgrammeSession, Slot))
    return any(db.session.scalar(sa.select(row)) for row in rows)

"""The mails of registration: one function each. Words and the calendar file are made by the worker."""

import datetime as dt
from collections.abc import Iterable, Sequence

from portal.accounts.models import Person
from portal.events.models import Event
from portal.events.registration_state import closes_at
from portal.ground import clock
from portal.mail import Kind, Link, Message, concern
from portal.membership.models import Network
from portal.registration import seating
from portal.registration.models import BookingStatus, Invitation, Registration, RegistrationStatus
from portal.registration.queries import Loss, Place, Wished
from portal.words.i18n import Localized

CONFIRM = "registration.confirm"  # purposes of links
MANAGE = "registration.manage"
UNCONFIRMED = dt.timedelta(hours=48)  # how long an unconfirmed registration is kept, and its link with it
AFTERWARDS = dt.timedelta(days=30)  # how long after the event its links still open
INVITATIONS_KEPT = dt.timedelta(days=30)  # after the end of the event, as the message promises
CALENDAR = ("registration.calendar",)
FORM = "Registration"  # the heading of the form, as a message of the catalogue


def confirm_by(event: Event, sent: dt.datetime | None = None) -> dt.datetime:
    """Until when a registration can be confirmed that is sent now, or was `sent` then."""
    return min((sent or clock.now()) + UNCONFIRMED, max(event.starts_at, closes_at(event)))


def confirm(
    registration: Registration, event: Event, until: dt.datetime, beside: Sequence[str] = (), *, asked: str = ""
) -> Message:
    """The link behind which a button confirms; nothing is booked yet. `beside` are names registered with this address,
    `asked` tells a second one from the first."""
    link = Link(
        "registration.confirm", purpose=CONFIRM, subject=f"registration:{registration.id}", lifetime=until - clock.now()
    )
    return _message(
        "confirm", registration, event, asked, context={"until": until, "name": registration.name, "beside": list(beside)},
        links={"confirm": link, "again": Link("registration.link", {"slug": event.slug})}, asks_address=True,
    )  # fmt: skip


def confirm_key(registration: Registration) -> str:
    """Under which key the first mail to confirm it is queued."""
    return f"registration.confirm:{registration.id}"


def followed(registration: Registration, event: Event, *, asked: str) -> Message:
    """The account has another address, and so has this registration."""
    return _message("followed", registration, event, asked, context={})


def known(registrations: Sequence[Registration], event: Event, *, asked: str, is_form: bool = False) -> Message:
    """Somebody asked again with this address, by a form or for the link: the links to the registrations that exist."""
    numbered = {f"manage_{number}": one for number, one in enumerate(registrations)}
    return _message(
        "known", registrations[0], event, asked,
        context={"people": [{"name": one.name, "link": link} for link, one in numbered.items()], "is_form": is_form},
        links={link: manage_link(one, event) for link, one in numbered.items()}, asks_address=True,
    )  # fmt: skip


def placed(
    registration: Registration,
    event: Event,
    places: Sequence[Place],
    position: int | None,
    lost: Sequence[tuple[Wished, Loss]] = (),
    blocked: Sequence[Place] = (),
) -> Message:
    """What confirming has brought: places, waiting places, or a place in the waiting list of the event; and what not."""
    template = "placed" if position is None else "waiting"
    return _message(
        template, registration, event, "", attachments=CALENDAR if position is None else (),
        context={**_places(places), "position": position, "lost": [*_lost(lost), *_blocked(blocked)]},
    )  # fmt: skip


def promoted(
    registration: Registration,
    event: Event,
    gained: Iterable[int],
    places: Sequence[Place],
    blocked: Sequence[Place] = (),
) -> Message:
    """Somebody who waited has a place now: in these sessions, or in the event when there are none."""
    new = set(gained)
    return _message(
        "promoted", registration, event, f"{registration.sequence}", attachments=CALENDAR,
        context={**_places(places), "gained": [_place(place) for place in places if place.session_id in new],
                 "lost": _blocked(blocked)},
    )  # fmt: skip


def changed(registration: Registration, event: Event, places: Sequence[Place]) -> Message:
    """What somebody has after changing it."""
    return _message(
        "changed", registration, event, f"{registration.sequence}", attachments=CALENDAR, context=_places(places)
    )


def cancelled(registration: Registration, event: Event) -> Message:
    """The registration is ended; the calendar file takes its entries away."""
    return _message("cancelled", registration, event, "", attachments=CALENDAR, context={})


def moved(
    registration: Registration,
    event: Event,
    place: Place,
    old: dict[str, object],
    places: Sequence[Place],
    gained: Sequence[int],
) -> Message:
    """A session in which somebody has or awaits a place takes place at another time or elsewhere.

    `places` are all that they have now; `gained` are sessions in which they got one by it.
    """
    booked = [other for other in places if other.status == BookingStatus.BOOKED and other is not place]
    context: dict[str, object] = {
        "session": _place(place),
        "has_place": place.status == BookingStatus.BOOKED,
        "got_it": place.session_id in gained,
        "old": old,
        "clashes": [_place(other) for other in booked if seating.overlaps(other.span, place.span)],
        "gained": [_place(other) for other in booked if other.session_id in gained],
    }
    attachments = CALENDAR if booked or context["has_place"] else ()
    return _message(
        "moved", registration, event, f"{registration.sequence}", attachments=attachments, context=context,
        kind=Kind.EVENT_CHANGE,
    )  # fmt: skip


def event_moved(
    registration: Registration, event: Event, old: dict[str, object], *, is_admitted: bool = False, days: int = 0
) -> Message:
    """The event has another date or place; who was waiting may have a place now. With `days` the programme moves along."""
    return _message(
        "event_moved", registration, event, f"{registration.sequence}",
        attachments=CALENDAR if registration.status == RegistrationStatus.CONFIRMED else (),
        context={"old": old, "is_admitted": is_admitted, "days": days}, kind=Kind.EVENT_CHANGE,
    )  # fmt: skip


def session_cancelled(
    registration: Registration,
    event: Event,
    title: Localized,
    reason: str,
    places: Sequence[Place],
    gained: Sequence[int],
) -> Message:
    """A session in which somebody had or waited for a place does not take place; `gained` as of a move."""
    return _message(
        "session_cancelled", registration, event, f"{registration.sequence}", attachments=CALENDAR,
        context={
            "session": title, "reason": reason, **_places([one for one in places if one.session_id not in gained]),
            "gained": [_place(one) for one in places if one.session_id in gained],
        },
        kind=Kind.EVENT_CHANGE,
    )  # fmt: skip


def event_cancelled(registration: Registration, event: Event, reason: str) -> Message:
    """The event does not take place."""
    return _message(
        "event_cancelled", registration, event, "", attachments=CALENDAR, context={"reason": reason}, links={},
        kind=Kind.EVENT_CHANGE,
    )  # fmt: skip


def _message(
    name: str, registration: Registration, event: Event, key: str, *, context: dict[str, object],
    attachments: tuple[str, ...] = (), links: dict[str, Link] | None = None, kind: Kind = Kind.EVENT_REGISTRATION,
    asks_address: bool = False,
) -> Message:  # fmt: skip
    return Message(
        template=f"registration/mail/{name}", to=registration.address, lang=registration.locale,
        dedupe_key=f"registration.{name}:{registration.id}" + (f":{key}" if key else ""),
        context={
            "registration_id": registration.id, "event": event.title, "starts": event.starts_at, "ends": event.ends_at,
            "zone": event.timezone, "venue": event.venue, "town": event.town_text, **context,
        },
        links={"manage": manage_link(registration, event)} if links is None else links,
        attachments=attachments, person_id=registration.person_id, form=FORM, kind=kind,
        concerns=concern("event", event.id), asks_address=asks_address,
    )  # fmt: skip


def invited(
    invitation: Invitation, event: Event, network: Network, by: Person, language: str, person_id: int | None
) -> Message:
    """Somebody runs an event and asks this address to register. It is the only message that comes of it."""
    return Message(
        template="registration/mail/invited", to=invitation.address, lang=language, dedupe_key=invited_key(invitation.id),
        context={
            "event": event.title, "starts": event.starts_at, "ends": event.ends_at, "zone": event.timezone,
            "venue": event.venue, "town": event.town_text, "closes": closes_at(event), "inviter": by.name,
            "network": network.name, "days": INVITATIONS_KEPT.days,
        },
        links={"form": Link("registration.new", {"slug": event.slug})},
        person_id=person_id, kind=Kind.INVITATION, concerns=concern("event", event.id),
    )  # fmt: skip


def invited_key(invitation_id: int) -> str:
    """Under which key the mail of an invitation is queued."""
    return f"registration.invited:{invitation_id}"


def manage_link(registration: Registration, event: Event) -> Link:
    """See, change and cancel; every mail carries one, and all of them work."""
    lifetime = max(event.ends_at - clock.now(), dt.timedelta(0)) + AFTERWARDS
    return Link("registration.manage", purpose=MANAGE, subject=f"registration:{registration.id}", lifetime=lifetime)


def _place(place: Place) -> dict[str, object]:
    return {
        "title": place.title, "starts": place.span.starts, "ends": place.span.ends,
        "room": place.room or Localized(), "position": place.position,
    }  # fmt: skip


def _lost(lost: Sequence[tuple[Wished, Loss]]) -> list[dict[str, object]]:
    """Wishes that could not be booked, each with the reason."""
    return [
        {"title": wish.title, "starts": wish.span.starts, "ends": wish.span.ends, "room": wish.room or Localized(),
         "position": None, "reason": loss.value}
        for wish, loss in lost
    ]  # fmt: skip


def _blocked(places: Sequence[Place]) -> list[dict[str, object]]:
    """Waiting places that ended because another place of the same person is at the same time."""
    return [{**_place(place), "position": None, "reason": Loss.CLASH.value} for place in places]


def _places(places: Sequence[Place]) -> dict[str, object]:
    return {
        "places": [_place(place) for place in places if place.status == BookingStatus.BOOKED],
        "waiting": [_place(place) for place in places if place.status == BookingStatus.WAITING],
    }

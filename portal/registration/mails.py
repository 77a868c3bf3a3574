"""The mails of registration: one function each. Words and the calendar file are made by the worker."""

import datetime as dt
from collections.abc import Iterable, Sequence

from portal.accounts.models import Person
from portal.events.models import Event
from portal.events.registration_state import closes_at
from portal.ground import clock
from portal.mail import Kind, Link, Message, concern
from portal.membership.publishers import Publisher
from portal.registration import retaining
from portal.registration.models import BookingStatus, Invitation, Registration, RegistrationStatus
from portal.registration.queries import Loss, Place, Wished
from portal.words.i18n import Localized

CONFIRM, MANAGE, INVITED = "registration.confirm", "registration.manage", "registration.invited"  # purposes of links
UNCONFIRMED = dt.timedelta(hours=48)  # how long an unconfirmed registration is kept, and its link with it
AFTERWARDS = dt.timedelta(days=30)  # how long after the event its links still open
INVITATIONS_KEPT = dt.timedelta(days=retaining.INVITATIONS_DAYS)  # after the end of the event, as the message promises
CALENDAR = ("registration.calendar",)
# The mails to one person about their registration: all but those to a mailbox (`known`, `invited`, several people) or the team.
OF_ONE = (
    "cancelled", "changed", "confirm", "event_cancelled", "event_moved", "followed", "moved", "placed", "promoted",
    "session_cancelled", "waiting", "link", "requested", "rejected", "offered", "lapsed", "transferred", "taken_over",
    "need_answered", "digest", "reminder", "reconfirm", "released", "named", "replaced",
)  # fmt: skip
KNOWN = "registration/mail/known"  # with links to all registrations of a mailbox
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
    return message(
        "confirm", registration, event, asked, context={"until": until, "name": registration.name, "beside": list(beside)},
        links={"confirm": link, "again": Link("registration.link", {"slug": event.slug})}, asks_address=True,
    )  # fmt: skip


def own_keys(registration_id: int) -> list[str]:
    """How the keys of the mails to one registration begin."""
    return [f"registration.{name}:{registration_id}" for name in OF_ONE]


def confirm_key(registration: Registration) -> str:
    """Under which key the first mail to confirm it is queued."""
    return f"registration.confirm:{registration.id}"


def asked_now() -> str:
    """When a mail is asked for: each time one of its own."""
    return f"{clock.now():%Y%m%d%H%M%S%f}"


def followed(registration: Registration, event: Event, *, asked: str) -> Message:
    """The account has another address, and so has this registration."""
    return message("followed", registration, event, asked, context={})


def link(registration: Registration, event: Event, *, asked: str, is_corrected: bool = False) -> Message:
    """The team of the event sends the link once more, after the address was corrected or because somebody asked for it."""
    return message(
        "link", registration, event, asked, context={"name": registration.name, "is_corrected": is_corrected},
        asks_address=True,
    )  # fmt: skip


def known(registrations: Sequence[Registration], event: Event, *, asked: str, is_form: bool = False) -> Message:
    """Somebody asked again with this address, by a form or for the link: the links to the registrations that exist."""
    numbered = {f"manage_{number}": one for number, one in enumerate(registrations)}
    return message(
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
    return message(
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
    return message(
        "promoted", registration, event, f"{registration.sequence}", attachments=CALENDAR,
        context={**_places(places), "gained": [place_facts(place) for place in places if place.session_id in new],
                 "lost": _blocked(blocked, Loss.DROPPED if registration.drops_waits else Loss.CLASH)},
    )  # fmt: skip


def changed(registration: Registration, event: Event, places: Sequence[Place]) -> Message:
    """What somebody has after changing it."""
    return message(
        "changed", registration, event, f"{registration.sequence}", attachments=CALENDAR, context=_places(places)
    )


def cancelled(registration: Registration, event: Event) -> Message:
    """The registration is ended; the calendar file takes its entries away."""
    return message("cancelled", registration, event, "", attachments=CALENDAR, context={})


def transferred(registration: Registration, event: Event, name: str) -> Message:
    """Somebody has handed their place over; the calendar file takes its entries away."""
    return message("transferred", registration, event, "", attachments=CALENDAR, context={"name": name})


def taken_over(registration: Registration, event: Event, giver: str, places: Sequence[Place]) -> Message:
    """Somebody else's place is theirs now, with everything that was booked, and how to give it back if they cannot come."""
    return message(
        "taken_over", registration, event, "", attachments=CALENDAR, context={"giver": giver, **_places(places)}
    )


def event_cancelled(registration: Registration, event: Event, reason: str) -> Message:
    """The event does not take place."""
    return message(
        "event_cancelled", registration, event, "", attachments=CALENDAR, context={"reason": reason}, links={},
        kind=Kind.EVENT_CHANGE,
    )  # fmt: skip


def _online(registration: Registration, event: Event) -> dict[str, object]:
    """How to join online: in mails to people with a confirmed place, and to nobody else."""
    if registration.status != RegistrationStatus.CONFIRMED or not event.is_online or not event.online_url:
        return {}
    return {"online": event.online_url, "online_notes": event.online_notes or Localized()}


def message(
    name: str, registration: Registration, event: Event, key: str, *, context: dict[str, object],
    attachments: tuple[str, ...] = (), links: dict[str, Link] | None = None, kind: Kind = Kind.EVENT_REGISTRATION,
    asks_address: bool = False,
) -> Message:  # fmt: skip
    return Message(
        template=f"registration/mail/{name}", to=registration.address, lang=registration.locale,
        dedupe_key=f"registration.{name}:{registration.id}" + (f":{key}" if key else ""),
        context={
            "registration_id": registration.id, "event": event.title, "starts": event.starts_at, "ends": event.ends_at,
            "zone": event.timezone, "venue": event.venue, "town": event.town_text,
            "offers": event.offer_hours is not None, "companions": registration.companions,
            **_online(registration, event), **context,
        },
        links={"manage": manage_link(registration, event)} if links is None else links,
        attachments=attachments, person_id=registration.person_id, form=FORM, kind=kind,
        concerns=concern("event", event.id), asks_address=asks_address,
    )  # fmt: skip


def invited(
    invitation: Invitation, event: Event, host: Publisher, by: Person, language: str, person_id: int | None
) -> Message:
    """Somebody runs an event and asks this address to register. It is the only message that comes of it."""
    return Message(
        template="registration/mail/invited", to=invitation.address, lang=language, dedupe_key=invited_key(invitation.id),
        context={
            "event": event.title, "starts": event.starts_at, "ends": event.ends_at, "zone": event.timezone,
            "venue": event.venue, "town": event.town_text, "closes": closes_at(event), "inviter": by.name,
            "host": host.name, "days": INVITATIONS_KEPT.days,
        },
        links={
            "form": Link(
                "registration.invited", purpose=INVITED, subject=f"event-invitation:{invitation.id}",
                lifetime=max(event.ends_at - clock.now(), dt.timedelta(days=1)),
            )
        },
        person_id=person_id, kind=Kind.INVITATION, concerns=concern("event", event.id),
    )  # fmt: skip


def invited_key(invitation_id: int) -> str:
    """Under which key the mail of an invitation is queued."""
    return f"registration.invited:{invitation_id}"


def manage_link(registration: Registration, event: Event) -> Link:
    """See, change and cancel; every mail carries one, and all of them work."""
    subject = f"registration:{registration.id}"
    return Link("registration.manage", purpose=MANAGE, subject=subject, lifetime=lifetime(event))


def lifetime(event: Event) -> dt.timedelta:
    """How long links to registrations for an event work that are sent now."""
    return max(event.ends_at - clock.now(), dt.timedelta(0)) + AFTERWARDS


def place_facts(place: Place) -> dict[str, object]:
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


def _blocked(places: Sequence[Place], why: Loss = Loss.CLASH) -> list[dict[str, object]]:
    """Waiting places that ended because another place of the same person is at the same time."""
    return [{**place_facts(place), "position": None, "reason": why.value} for place in places]


def _places(places: Sequence[Place]) -> dict[str, object]:
    return {
        "places": [place_facts(place) for place in places if place.status == BookingStatus.BOOKED],
        "waiting": [place_facts(place) for place in places if place.status == BookingStatus.WAITING],
    }

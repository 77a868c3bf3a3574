"""The mails of delegations: to whoever coordinates one, and to each person who is named. Purposes of their links."""

import datetime as dt

from portal.events.models import Event
from portal.ground import clock
from portal.mail import Kind, Link, Message, concern
from portal.registration import mails
from portal.registration.models import Delegation, Registration

CONFIRM_DELEGATION = "registration.confirm_delegation"
DELEGATION = "registration.delegation"
NEWS = (
    "placed", "waiting", "requested", "promoted", "offered", "rejected", "cancelled", "lapsed", "remind", "link",
    "handed_on", "event_cancelled",
)  # fmt: skip


def confirm(delegation: Delegation, event: Event, until: dt.datetime) -> Message:
    """The link behind which a button asks for the seats; nobody has one before."""
    link = Link(
        "registration.confirm_delegation", purpose=CONFIRM_DELEGATION, subject=f"delegation:{delegation.id}",
        lifetime=until - clock.now(),
    )  # fmt: skip
    return _message(
        "delegation_confirm", delegation, event, "", {"until": until}, {"confirm": link}, asks_address=True,
    )  # fmt: skip


def news(delegation: Delegation, event: Event, what: str, number: int = 0, *, asked: str) -> Message:
    """What has become of a delegation, and the link to its page. `what` is one of NEWS, `number` of how many seats."""
    return _message(
        "delegation", delegation, event, f"{what}:{asked}",
        {"news": what, "number": number, "reason": delegation.reason},
        {"page": link(delegation, event)}, asks_address=what == "link",
    )  # fmt: skip


def named(
    registration: Registration,
    event: Event,
    delegation: Delegation,
    seat: int,
    *,
    is_known: bool,
    is_alone: bool = False,
) -> Message:
    """Somebody was named for a seat: the own link, to complete the own data or to see what they have already. `is_alone`: they
    waited together with others, for whom there is no place."""
    context: dict[str, object] = {
        "coordinator": delegation.name, "organisation": delegation.affiliation, "is_known": is_known,
        "is_alone": is_alone,
    }  # fmt: skip
    return mails.message("named", registration, event, str(seat), context=context)


def replaced(registration: Registration, event: Event, delegation: Delegation, name: str) -> Message:
    """Whoever coordinates the delegation has given the place to somebody else."""
    context: dict[str, object] = {
        "coordinator": delegation.name, "organisation": delegation.affiliation, "name": name,
    }  # fmt: skip
    return mails.message("replaced", registration, event, "", attachments=mails.CALENDAR, context=context)


def link(delegation: Delegation, event: Event) -> Link:
    """The page of the delegation; every mail carries one, and all of them work until somebody else coordinates it."""
    return Link(
        "registration.delegation", purpose=DELEGATION, subject=f"delegation:{delegation.id}",
        lifetime=mails.lifetime(event),
    )  # fmt: skip


def keys(delegation_id: int) -> list[str]:
    """How the keys of the mails to whoever coordinates a delegation begin."""
    return [f"registration.delegation:{delegation_id}", f"registration.delegation_confirm:{delegation_id}"]


def _message(
    name: str, delegation: Delegation, event: Event, key: str, context: dict[str, object], links: dict[str, Link], *,
    asks_address: bool,
) -> Message:  # fmt: skip
    return Message(
        template=f"registration/mail/{name}", to=delegation.address, lang=delegation.locale,
        dedupe_key=f"registration.{name}:{delegation.id}" + (f":{key}" if key else ""),
        context={
            "event": event.title, "starts": event.starts_at, "ends": event.ends_at, "zone": event.timezone,
            "venue": event.venue, "town": event.town_text, "organisation": delegation.affiliation,
            "size": delegation.size, "whole": delegation.whole, "due": delegation.names_due_at, **context,
        },
        links=links, person_id=delegation.person_id, form=mails.FORM, kind=Kind.EVENT_REGISTRATION,
        concerns=concern("event", event.id), asks_address=asks_address,
    )  # fmt: skip

"""The use-cases of registration: the only writers of registrations, bookings and counters."""

from portal.registration.services.bulk import BulkRegistration, bulk_register
from portal.registration.services.changing import cancel, change, leave
from portal.registration.services.expiry import DETAILS_KEPT, ENDED_KEPT, expire, forget, remove_old, sweep
from portal.registration.services.following import (
    event_cancelled,
    event_changed,
    event_postponed,
    session_cancelled,
    session_changed,
)
from portal.registration.services.inviting import (
    MANY,
    Judged,
    Standing,
    forget_invitations,
    forget_inviter,
    invite,
    judge,
)
from portal.registration.services.letters import send_mail_again
from portal.registration.services.registering import SHUT, Confirmed, confirm, open_own, register, send_link, submit
from portal.registration.services.touching import touched_by
from portal.registration.services.wishes import Wish

__all__ = [
    "DETAILS_KEPT",
    "ENDED_KEPT",
    "MANY",
    "SHUT",
    "BulkRegistration",
    "Confirmed",
    "Judged",
    "Standing",
    "Wish",
    "bulk_register",
    "cancel",
    "change",
    "confirm",
    "event_cancelled",
    "event_changed",
    "event_postponed",
    "expire",
    "forget",
    "forget_invitations",
    "forget_inviter",
    "invite",
    "judge",
    "leave",
    "open_own",
    "register",
    "remove_old",
    "send_link",
    "send_mail_again",
    "session_cancelled",
    "session_changed",
    "submit",
    "sweep",
    "touched_by",
]

"""The use-cases of events. Only these write."""

from portal.events.services.bulk import BulkEvent, bulk_create_events
from portal.events.services.events import create_event, delete_event, translate_event, update_event
from portal.events.services.places import (
    create_room,
    create_slot,
    delete_room,
    delete_slot,
    update_room,
    update_slot,
)
from portal.events.services.postponing import postpone_event
from portal.events.services.sessions import (
    create_session,
    delete_session,
    translate_session,
    update_session,
)
from portal.events.services.states import cancel_event, cancel_session, publish_event

__all__ = [
    "BulkEvent",
    "bulk_create_events",
    "cancel_event",
    "cancel_session",
    "create_event",
    "create_room",
    "create_session",
    "create_slot",
    "delete_event",
    "delete_room",
    "delete_session",
    "delete_slot",
    "postpone_event",
    "publish_event",
    "translate_event",
    "translate_session",
    "update_event",
    "update_room",
    "update_session",
    "update_slot",
]

"""The use-cases of events. Only these write."""

from portal.events.services.bulk import BulkEvent, bulk_create_events
from portal.events.services.copying import MOST_COPIES, copy_event
from portal.events.services.events import create_event, delete_event, translate_event, update_event
from portal.events.services.hosts import follow_host, follow_merge, going_over
from portal.events.services.places import (
    create_room,
    create_slot,
    delete_room,
    delete_slot,
    update_room,
    update_slot,
)
from portal.events.services.postponing import postpone_event
from portal.events.services.questions import add_question, change_question, move_question, retire_question
from portal.events.services.sessions import (
    create_session,
    delete_session,
    translate_session,
    update_session,
)
from portal.events.services.states import cancel_event, cancel_session, publish_event
from portal.events.services.team import end_role, grant_role, hand_over

__all__ = [
    "MOST_COPIES",
    "BulkEvent",
    "add_question",
    "bulk_create_events",
    "cancel_event",
    "cancel_session",
    "change_question",
    "copy_event",
    "create_event",
    "create_room",
    "create_session",
    "create_slot",
    "delete_event",
    "delete_room",
    "delete_session",
    "delete_slot",
    "end_role",
    "follow_host",
    "follow_merge",
    "going_over",
    "grant_role",
    "hand_over",
    "move_question",
    "postpone_event",
    "publish_event",
    "retire_question",
    "translate_event",
    "translate_session",
    "update_event",
    "update_room",
    "update_session",
    "update_slot",
]

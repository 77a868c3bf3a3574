"""The use-cases of micro-grants. Only these write."""

from portal.grants.services.call_states import CALLS, cancel_call, publish_call
from portal.grants.services.calls import MOST_AREAS, create_call, delete_call, read_call, set_call_areas, update_call
from portal.grants.services.derived import INDEX
from portal.grants.services.extensions import ask_extension, confirm_extension, drop_extension
from portal.grants.services.following import follow_merge, follow_publicity, going_over, hand_over, stop_closing
from portal.grants.services.operators import end_operator, follow_closing, name_operator
from portal.grants.services.programmes import open_programme, update_programme

__all__ = [
    "CALLS",
    "INDEX",
    "MOST_AREAS",
    "ask_extension",
    "cancel_call",
    "confirm_extension",
    "create_call",
    "delete_call",
    "drop_extension",
    "end_operator",
    "follow_closing",
    "follow_merge",
    "follow_publicity",
    "going_over",
    "hand_over",
    "name_operator",
    "open_programme",
    "publish_call",
    "read_call",
    "set_call_areas",
    "stop_closing",
    "update_call",
    "update_programme",
]

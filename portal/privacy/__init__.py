"""What the portal holds about a person: handed out when they ask for it, and forgotten when they leave.

Each feature says in its `privacy.py` which of its tables name people and what becomes of a row when its person leaves.
The features declare their parts, lowest feature first; a test fails for a table that names people and stands in none of
them.
"""

from portal.privacy.forgetting import check, forget, is_still_needed, leave
from portal.privacy.handing_out import archive
from portal.privacy.holdings import (
    Condition,
    Farewell,
    Fate,
    Holding,
    Note,
    Part,
    Subject,
    Trace,
    by_address,
    by_number,
    farewell,
    is_expected,
    join_parts,
    kept,
    lasting_columns,
    parts,
    role_holding,
)
from portal.privacy.own import remove_old_details

__all__ = [
    "Condition",
    "Farewell",
    "Fate",
    "Holding",
    "Note",
    "Part",
    "Subject",
    "Trace",
    "archive",
    "by_address",
    "by_number",
    "check",
    "farewell",
    "forget",
    "is_expected",
    "is_still_needed",
    "join_parts",
    "kept",
    "lasting_columns",
    "leave",
    "parts",
    "remove_old_details",
    "role_holding",
]

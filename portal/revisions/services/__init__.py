"""The only writers of revisions: inside the transaction of whoever saves."""

from portal.revisions.services.keeping import KEPT_MONTHS, hand_over, thin_out
from portal.revisions.services.noting import Note, begin, ensure, noting, remove

__all__ = ["KEPT_MONTHS", "Note", "begin", "ensure", "hand_over", "noting", "remove", "thin_out"]

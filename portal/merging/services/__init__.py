"""What can be done: merge at once, ask the others, answer them."""

from portal.merging.services.merging import check, merge
from portal.merging.services.people import hand_over
from portal.merging.services.requests import accept, decline, propose, withdraw
from portal.merging.services.states import REQUESTS

__all__ = ["REQUESTS", "accept", "check", "decline", "hand_over", "merge", "propose", "withdraw"]

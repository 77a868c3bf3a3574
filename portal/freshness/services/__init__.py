"""The use-cases of freshness."""

from portal.freshness.services.answering import answer
from portal.freshness.services.asking import ask_all, hand_over
from portal.freshness.services.proposing import propose_closing

__all__ = ["answer", "ask_all", "hand_over", "propose_closing"]

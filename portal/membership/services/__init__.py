"""The use-cases of networks, memberships and reviews."""

from portal.membership.services.applications import (
    ALREADY,
    accept,
    answer,
    apply,
    ask_for_more,
    decline,
    resign,
    withdraw,
)
from portal.membership.services.networks import create_network, end_coordinator, grant_coordinator, update_network
from portal.membership.services.people import hand_over
from portal.membership.services.questions import add_question, change_question, move_question, retire_question
from portal.membership.services.reviews import publish_profile, return_profile, send_for_review, withdraw_review

__all__ = [
    "ALREADY",
    "accept",
    "add_question",
    "answer",
    "apply",
    "ask_for_more",
    "change_question",
    "create_network",
    "decline",
    "end_coordinator",
    "grant_coordinator",
    "hand_over",
    "move_question",
    "publish_profile",
    "resign",
    "retire_question",
    "return_profile",
    "send_for_review",
    "update_network",
    "withdraw",
    "withdraw_review",
]

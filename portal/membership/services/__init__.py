"""The use-cases of networks, memberships and reviews."""

from portal.membership.services.applications import (
    ALREADY,
    accept,
    answer,
    apply,
    ask_for_more,
    decline,
    end_all,
    resign,
    withdraw,
)
from portal.membership.services.bulk import BulkMember, BulkNetwork, bulk_create_networks, bulk_join
from portal.membership.services.carrying import carry_over
from portal.membership.services.contacts import show_address
from portal.membership.services.letters import send_mail_again
from portal.membership.services.merging import follow_merge, going_over
from portal.membership.services.networks import create_network, end_coordinator, grant_coordinator, update_network
from portal.membership.services.people import COORDINATES_ALONE, hand_over, leave_all
from portal.membership.services.questions import add_question, change_question, move_question, retire_question
from portal.membership.services.reviews import publish_profile, return_profile, send_for_review, withdraw_review
from portal.membership.services.sizes import follow_publicity
from portal.membership.services.states import TOLD

__all__ = [
    "ALREADY",
    "COORDINATES_ALONE",
    "TOLD",
    "BulkMember",
    "BulkNetwork",
    "accept",
    "add_question",
    "answer",
    "apply",
    "ask_for_more",
    "bulk_create_networks",
    "bulk_join",
    "carry_over",
    "change_question",
    "create_network",
    "decline",
    "end_all",
    "end_coordinator",
    "follow_merge",
    "follow_publicity",
    "going_over",
    "grant_coordinator",
    "hand_over",
    "leave_all",
    "move_question",
    "publish_profile",
    "resign",
    "retire_question",
    "return_profile",
    "send_for_review",
    "send_mail_again",
    "show_address",
    "update_network",
    "withdraw",
    "withdraw_review",
]

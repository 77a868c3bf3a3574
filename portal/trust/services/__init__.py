"""What can be done about trust in a profile. The only writers of the tables of this feature."""

from portal.trust.services.checks import VALID, check, drop_checks, release, remind_of_checks
from portal.trust.services.claims import (
    claim,
    grant,
    object_to,
    prove,
    refuse,
    remind_of_claims,
    withdraw_all,
    withdraw_claim,
)
from portal.trust.services.groups import (
    ZONE,
    accept_registering,
    ask_registering,
    follow_legal_form,
    refuse_registering,
    remind_of_ends,
    set_end,
)
from portal.trust.services.merging import follow_merge, going_over
from portal.trust.services.people import hand_over
from portal.trust.services.shortages import watch
from portal.trust.services.states import CLAIMS
from portal.trust.services.support import (
    NO_VOICE,
    REQUESTS_KEPT,
    accept_patronage,
    ask_patron,
    ask_to_vouch,
    check_support,
    end_patronage,
    leave_all,
    remove_old_requests,
    vouch,
    withdraw_vouch,
)

__all__ = [
    "CLAIMS",
    "NO_VOICE",
    "REQUESTS_KEPT",
    "VALID",
    "ZONE",
    "accept_patronage",
    "accept_registering",
    "ask_patron",
    "ask_registering",
    "ask_to_vouch",
    "check",
    "check_support",
    "claim",
    "drop_checks",
    "end_patronage",
    "follow_legal_form",
    "follow_merge",
    "going_over",
    "grant",
    "hand_over",
    "leave_all",
    "object_to",
    "prove",
    "refuse",
    "refuse_registering",
    "release",
    "remind_of_checks",
    "remind_of_claims",
    "remind_of_ends",
    "remove_old_requests",
    "set_end",
    "vouch",
    "watch",
    "withdraw_all",
    "withdraw_claim",
    "withdraw_vouch",
]

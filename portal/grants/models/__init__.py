"""Operators of micro-grants, their programmes, their calls, and what was changed about a call that is public."""

from portal.grants.models.calls import (
    KIND,
    Applicant,
    Call,
    CallArea,
    CallEvent,
    CallEventKind,
    CallPhase,
    CallStatus,
)
from portal.grants.models.operators import Operator
from portal.grants.models.programmes import Programme

__all__ = [
    "KIND",
    "Applicant",
    "Call",
    "CallArea",
    "CallEvent",
    "CallEventKind",
    "CallPhase",
    "CallStatus",
    "Operator",
    "Programme",
]

"""Who may do what with figures: everybody reads those of a public card, whoever looks after the project freezes them, and what
an organisation received is for its own people. Frames of funders are the business of those who coordinate the network."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.ground.authz import Rules
from portal.ground.sights import Sights
from portal.impact.models import Frame, FrameState, Report
from portal.membership.models import Network
from portal.membership.queries import is_coordinator, keeps
from portal.organisations.models import Organisation
from portal.projects.policies import may_see, runs


class Permission(StrEnum):
    AIM = "impact:aim"
    FREEZE = "impact:freeze"
    SEE_REPORT = "impact:see_report"
    SEE_RECEIVED = "impact:see_received"
    MAKE_FRAME = "impact:make_frame"
    SEE_FRAME = "impact:see_frame"
    CHANGE_FRAME = "impact:change_frame"


def may_see_report(person: Person | None, report: Report) -> bool:
    return may_see(person, report.project)


def may_see_received(person: Person | None, organisation: Organisation) -> bool:
    """Pages of a project say who was strengthened, and not by which of its records: that is for those who keep the profile of
    the organisation or speak for it, and for the portal team."""
    return keeps(person, organisation.id) or is_administrator(person)


def may_make_frame(person: Person | None, network: Network) -> bool:
    """In the name of a network its coordinators answer to a funder, and nobody for them."""
    return is_coordinator(person, network)


def may_change_frame(person: Person | None, frame: Frame) -> bool:
    return is_coordinator(person, frame.network_id)


def may_see_frame(person: Person | None, frame: Frame) -> bool:
    return frame.state == FrameState.PUBLISHED or may_change_frame(person, frame)


RULES: Rules = {
    Permission.AIM: runs,
    Permission.FREEZE: runs,
    Permission.SEE_REPORT: may_see_report,
    Permission.SEE_RECEIVED: may_see_received,
    Permission.MAKE_FRAME: may_make_frame,
    Permission.SEE_FRAME: may_see_frame,
    Permission.CHANGE_FRAME: may_change_frame,
}
SIGHTS: Sights = {Report: Permission.SEE_REPORT, Frame: Permission.SEE_FRAME}

"""Who may do what with figures: everybody reads those of a public card, whoever looks after the project freezes them, and what
an organisation received is for its own people."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.ground.authz import Rules
from portal.ground.sights import Sights
from portal.impact.models import Report
from portal.membership.queries import keeps
from portal.organisations.models import Organisation
from portal.projects.policies import may_see, runs


class Permission(StrEnum):
    AIM = "impact:aim"
    FREEZE = "impact:freeze"
    SEE_REPORT = "impact:see_report"
    SEE_RECEIVED = "impact:see_received"


def may_see_report(person: Person | None, report: Report) -> bool:
    return may_see(person, report.project)


def may_see_received(person: Person | None, organisation: Organisation) -> bool:
    """Pages of a project say who was strengthened, and not by which of its records: that is for those who keep the profile of
    the organisation or speak for it, and for the portal team."""
    return keeps(person, organisation.id) or is_administrator(person)


RULES: Rules = {
    Permission.AIM: runs,
    Permission.FREEZE: runs,
    Permission.SEE_REPORT: may_see_report,
    Permission.SEE_RECEIVED: may_see_received,
}
SIGHTS: Sights = {Report: Permission.SEE_REPORT}

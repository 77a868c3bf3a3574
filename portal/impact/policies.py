"""Who may do what with figures: everybody reads those of a public card, whoever looks after the project freezes them."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.ground.authz import Rules
from portal.ground.sights import Sights
from portal.impact.models import Report
from portal.projects.policies import may_see, runs


class Permission(StrEnum):
    FREEZE = "impact:freeze"
    SEE_REPORT = "impact:see_report"


def may_see_report(person: Person | None, report: Report) -> bool:
    return may_see(person, report.project)


RULES: Rules = {Permission.FREEZE: runs, Permission.SEE_REPORT: may_see_report}
SIGHTS: Sights = {Report: Permission.SEE_REPORT}

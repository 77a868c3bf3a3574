"""Who may freeze figures, and read them."""

from portal.impact.policies import Permission
from portal.projects.policies import Permission as OfProjects
from tests.factories.records import make_report
from tests.projects.permission_table import EVERYBODY, INSIDE, RUNNERS
from tests.projects.permission_table import situation as of_projects
from tests.support.permissions import Routes, Row, Situation

ROWS = [
    Row(Permission.FREEZE, "published", RUNNERS),
    Row(Permission.FREEZE, "draft", RUNNERS),
    Row(Permission.SEE_REPORT, "report", EVERYBODY),
    Row(Permission.SEE_REPORT, "report of a draft", INSIDE),
]

# Every route and who gets in.
ROUTES: Routes = {
    "impact.figure": OfProjects.SEE,
    "impact.records_csv": OfProjects.SEE,
    "impact.records_xlsx": OfProjects.SEE,
    "impact.report": Permission.SEE_REPORT,
    "impact.report_paper": Permission.SEE_REPORT,
    "impact.reports": OfProjects.MANAGE,
}


def situation(state: str) -> Situation:
    """A project, or a report of it, with those who stand around it."""
    of_report = {"report": "published", "report of a draft": "draft"}
    found = of_projects(of_report.get(state, state))
    return Situation(make_report(found.obj), found.people) if state in of_report else found

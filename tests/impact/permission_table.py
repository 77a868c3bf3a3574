"""Who may freeze figures, and read them; who sees what an organisation received; who writes frames of funders."""

from portal.impact.policies import Permission
from portal.organisations.policies import Permission as OfOrganisations
from portal.projects.policies import Permission as OfProjects
from tests.factories.frames import make_frame
from tests.factories.records import make_report
from tests.projects.permission_table import EVERYBODY, INSIDE, RUNNERS
from tests.projects.permission_table import situation as of_projects
from tests.support.permissions import PUBLIC, Routes, Row, Situation

ROWS = [
    Row(Permission.AIM, "published", RUNNERS),
    Row(Permission.AIM, "draft", RUNNERS),
    Row(Permission.FREEZE, "published", RUNNERS),
    Row(Permission.FREEZE, "draft", RUNNERS),
    Row(Permission.SEE_REPORT, "report", EVERYBODY),
    Row(Permission.SEE_REPORT, "report of a draft", INSIDE),
    Row(Permission.MAKE_FRAME, "network", {"coordinator"}),
    Row(Permission.SEE_FRAME, "published frame", EVERYBODY),
    Row(Permission.SEE_FRAME, "draft frame", {"coordinator"}),
    Row(Permission.CHANGE_FRAME, "published frame", {"coordinator"}),
    Row(Permission.CHANGE_FRAME, "draft frame", {"coordinator"}),
    Row(Permission.SEE_RECEIVED, "organisation", {"owner", "editor", "representative", "administrator"}),
]

# Every route and who gets in.
ROUTES: Routes = {
    "impact.aims": Permission.AIM,
    "impact.edit_frame": Permission.CHANGE_FRAME,
    "impact.edit_outcome": Permission.CHANGE_FRAME,
    "impact.feed_frame": Permission.CHANGE_FRAME,
    "impact.figure": OfProjects.SEE,
    "impact.frame": Permission.SEE_FRAME,
    "impact.frame_csv": Permission.SEE_FRAME,
    "impact.frame_xlsx": Permission.SEE_FRAME,
    "impact.frames": PUBLIC,
    "impact.network_total": PUBLIC,
    "impact.network_totals": PUBLIC,
    "impact.network_totals_csv": PUBLIC,
    "impact.network_totals_json": PUBLIC,
    "impact.network_totals_xlsx": PUBLIC,
    "impact.new_frame": Permission.MAKE_FRAME,
    "impact.new_outcome": Permission.CHANGE_FRAME,
    "impact.organisation_total": OfOrganisations.SEE,
    "impact.organisation_totals": OfOrganisations.SEE,
    "impact.publish_frame": Permission.CHANGE_FRAME,
    "impact.received": Permission.SEE_RECEIVED,
    "impact.received_csv": Permission.SEE_RECEIVED,
    "impact.received_xlsx": Permission.SEE_RECEIVED,
    "impact.records_csv": OfProjects.SEE,
    "impact.records_xlsx": OfProjects.SEE,
    "impact.remove_outcome": Permission.CHANGE_FRAME,
    "impact.report": Permission.SEE_REPORT,
    "impact.report_paper": Permission.SEE_REPORT,
    "impact.reports": OfProjects.MANAGE,
    "impact.withdraw_frame": Permission.CHANGE_FRAME,
}


def situation(state: str) -> Situation:
    """A project, a report of it, its network or a frame of this, with those who stand around it."""
    if state == "network" or state.endswith(" frame"):
        around = of_projects("published")
        network = around.obj.network
        return Situation(
            network if state == "network" else make_frame(network, state=state.removesuffix(" frame")), around.people
        )
    of_report = {"report": "published", "report of a draft": "draft"}
    found = of_projects(of_report.get(state, state))
    return Situation(make_report(found.obj), found.people) if state in of_report else found

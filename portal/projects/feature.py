"""What projects give to the whole: cards of what organisations do, with partners, money and results."""

from portal.declaration import Coded, Feature
from portal.mail import Kind
from portal.merging.facts import OrganisationsMerged
from portal.organisations.facts import PublicityChanged
from portal.projects import reactions
from portal.projects.acts import ACTS
from portal.projects.demo import DEMO
from portal.projects.findable import FINDABLE
from portal.projects.invariants import checks
from portal.projects.models import PartnerStatus, Project, ProjectPartner, ProjectState
from portal.projects.policies import RULES, SIGHTS
from portal.projects.services import derived
from portal.projects.services.states import PARTNERS, PROJECTS
from portal.projects.views import bp, home_panel

FEATURE = Feature(
    name="projects",
    blueprints=[bp],
    rules=RULES,
    sights=SIGHTS,
    answers=[(PublicityChanged, reactions.publicity_changed), (OrganisationsMerged, reactions.organisations_merged)],
    previews=[(OrganisationsMerged, reactions.merge_preview)],
    checks=checks,
    codes=[
        Coded(Project.state, ProjectState, "project_state"),
        Coded(ProjectPartner.status, PartnerStatus, "partner_status"),
    ],
    states=[PROJECTS, PARTNERS],
    findables=[FINDABLE],
    indexes=[derived.INDEX],
    panels=[home_panel],
    reserved=frozenset({"mine", "new"}),
    acts=[ACTS],
    mail_kinds=[Kind.TASKS],
    demo=DEMO,
)

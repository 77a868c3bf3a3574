"""What projects give to the whole: cards of what organisations do, with partners, money and results."""

from portal.accounts.facts import PeopleJoined
from portal.declaration import Coded, Feature
from portal.face.look import Column, Entry
from portal.mail import Kind
from portal.merging.facts import OrganisationsMerged
from portal.organisations.facts import PublicityChanged
from portal.projects import reactions
from portal.projects.acts import ACTS, RECORD_ACTS
from portal.projects.demo import DEMO
from portal.projects.facts import RecordsChanged
from portal.projects.findable import FINDABLE
from portal.projects.invariants import checks
from portal.projects.models import (
    Activity,
    HourLength,
    PartnerStatus,
    PictureConsent,
    PictureKind,
    Project,
    ProjectPartner,
    ProjectPicture,
    ProjectState,
    Record,
    RecordStatus,
)
from portal.projects.policies import RULES, SIGHTS
from portal.projects.privacy import PART
from portal.projects.services import derived
from portal.projects.services.record_states import RECORDS
from portal.projects.services.states import PARTNERS, PROJECTS
from portal.projects.views import bp, home_panel
from portal.projects.visible import VISIBLE
from portal.words.i18n import _l
from portal.words.vocabularies import vocabulary

# Units of indicators that are no length of an hour.
UNITS = frozenset(term.code for term in vocabulary("indicator_unit")) - {*HourLength}

FEATURE = Feature(
    name="projects",
    blueprints=[bp],
    rules=RULES,
    sights=SIGHTS,
    facts=[RecordsChanged],
    answers=[
        (PeopleJoined, reactions.people_joined),
        (PublicityChanged, reactions.publicity_changed),
        (OrganisationsMerged, reactions.organisations_merged),
    ],
    previews=[(OrganisationsMerged, reactions.merge_preview)],
    checks=checks,
    codes=[
        Coded(Project.state, ProjectState, "project_state"),
        Coded(ProjectPartner.status, PartnerStatus, "partner_status"),
        Coded(Record.status, RecordStatus, "record_status"),
        Coded(Record.activity, Activity, "project_activity"),
        Coded(ProjectPicture.kind, PictureKind, "picture_kind"),
        Coded(ProjectPicture.consent, PictureConsent, "picture_consent"),
        Coded(Project.hour, HourLength, "indicator_unit", beside=UNITS),
    ],
    privacy=PART,
    visible=VISIBLE,
    states=[PROJECTS, PARTNERS, RECORDS],
    findables=[FINDABLE],
    indexes=[derived.INDEX],
    panels=[home_panel],
    reserved=frozenset({"mine", "new"}),
    footer=[
        (Column.PORTAL, Entry("projects.index", _l("Projects"))),
        (Column.PORTAL, Entry("projects.library", _l("Library"))),
        (Column.PORTAL, Entry("projects.practices", _l("Good practices"))),
    ],
    acts=[ACTS, RECORD_ACTS],
    mail_kinds=[Kind.TASKS],
    demo=DEMO,
)

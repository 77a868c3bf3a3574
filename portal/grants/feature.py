"""What micro-grants give to the whole: operators, their programmes, and calls for applications."""

from portal.accounts.facts import PeopleJoined
from portal.declaration import Coded, Feature
from portal.face.look import Entry
from portal.grants import reactions, services
from portal.grants.acts import ACTS, PROGRAMME_ACTS
from portal.grants.demo import DEMO
from portal.grants.findable import FINDABLE
from portal.grants.invariants import checks
from portal.grants.models import Call, CallEvent, CallEventKind, CallStatus
from portal.grants.policies import RULES, SIGHTS
from portal.grants.privacy import PART
from portal.grants.views import bp, home_panel, on_profile
from portal.grants.visible import VISIBLE
from portal.merging.facts import OrganisationsMerged
from portal.organisations.facts import OrganisationClosed, PublicityChanged
from portal.words.i18n import _l
from portal.words.vocabularies import vocabulary

# What nothing leads to yet.
LATER = frozenset({"suspended", "archived"})
LATER_CHANGES = frozenset(term.code for term in vocabulary("call_event_kind")) - {*CallEventKind}

FEATURE = Feature(
    name="grants",
    blueprints=[bp],
    rules=RULES,
    sights=SIGHTS,
    answers=[
        (PeopleJoined, reactions.people_joined),
        (PublicityChanged, reactions.publicity_changed),
        (OrganisationClosed, reactions.organisation_closed),
        (OrganisationsMerged, reactions.organisations_merged),
    ],
    previews=[(OrganisationsMerged, reactions.merge_preview)],
    checks=checks,
    codes=[
        Coded(Call.status, CallStatus, "call_status", beside=LATER),
        Coded(CallEvent.kind, CallEventKind, "call_event_kind", beside=LATER_CHANGES),
    ],
    privacy=PART,
    visible=VISIBLE,
    states=[services.CALLS],
    findables=[FINDABLE],
    indexes=[services.INDEX],
    panels=[home_panel],
    on_profile=on_profile,
    menu=[Entry("grants.index", _l("Micro-grants"))],
    reserved=frozenset({"mine", "operators", "programmes", "new", "verify"}),
    acts=[ACTS, PROGRAMME_ACTS],
    demo=DEMO,
)

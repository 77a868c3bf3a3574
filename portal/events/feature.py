"""What events give to the whole: congresses and meetings with their programme."""

from portal.accounts.facts import PeopleJoined
from portal.declaration import Coded, Feature
from portal.events import reactions
from portal.events.acts import ACTS
from portal.events.demo import DEMO
from portal.events.facts import (
    EventCancelled,
    EventChanged,
    EventCopied,
    SessionCancelled,
    SessionChanged,
)
from portal.events.findable import FINDABLE
from portal.events.invariants import checks
from portal.events.models import (
    Event,
    EventRole,
    EventStatus,
    Mode,
    ProgrammeSession,
    SessionKind,
    SessionStatus,
    TeamRole,
)
from portal.events.policies import RULES, SIGHTS
from portal.events.privacy import PART
from portal.events.services import derived
from portal.events.services.states import EVENTS, SESSIONS
from portal.events.views import bp, home_panel
from portal.events.visible import VISIBLE
from portal.face.look import Entry
from portal.mail import Kind
from portal.merging.facts import OrganisationsMerged
from portal.organisations.facts import PublicityChanged
from portal.words.i18n import _l

FEATURE = Feature(
    name="events",
    blueprints=[bp],
    rules=RULES,
    sights=SIGHTS,
    facts=[SessionChanged, SessionCancelled, EventChanged, EventCopied, EventCancelled],
    answers=[
        (PeopleJoined, reactions.people_joined),
        (PublicityChanged, reactions.publicity_changed),
        (OrganisationsMerged, reactions.organisations_merged),
    ],
    previews=[(OrganisationsMerged, reactions.merge_preview)],
    privacy=PART,
    visible=VISIBLE,
    checks=checks,
    codes=[
        Coded(Event.status, EventStatus, "event_status"),
        Coded(Event.mode, Mode, "participation_mode"),
        Coded(EventRole.role, TeamRole, "event_role"),
        Coded(
            ProgrammeSession.kind, SessionKind, "session_kind", frozenset({"training", "ceremony", "market", "other"})
        ),
        Coded(ProgrammeSession.status, SessionStatus, "session_status", frozenset({"draft"})),
    ],
    states=[EVENTS, SESSIONS],
    findables=[FINDABLE],
    indexes=[derived.INDEX],
    panels=[home_panel],
    menu=[Entry("events.index", _l("Events"))],
    reserved=frozenset({"mine", "new"}),
    acts=[ACTS],
    mail_kinds=[Kind.TASKS],
    demo=DEMO,
)

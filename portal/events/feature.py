"""What events give to the whole: congresses and meetings with their programme."""

from portal.declaration import Feature
from portal.events.demo import DEMO
from portal.events.facts import EventCancelled, EventChanged, SessionCancelled, SessionChanged
from portal.events.findable import FINDABLE
from portal.events.policies import RULES, SIGHTS
from portal.events.privacy import PART
from portal.events.services import derived
from portal.events.views import bp, home_panel
from portal.face.look import Entry
from portal.words.i18n import _l

FEATURE = Feature(
    name="events",
    blueprints=[bp],
    rules=RULES,
    sights=SIGHTS,
    facts=[SessionChanged, SessionCancelled, EventChanged, EventCancelled],
    privacy=PART,
    findables=[FINDABLE],
    indexes=[derived.INDEX],
    panels=[home_panel],
    menu=[Entry("events.index", _l("Events"))],
    reserved=frozenset({"mine", "new"}),
    demo=DEMO,
)

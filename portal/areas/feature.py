"""What areas give to the whole: where organisations are and work."""

from portal.areas.cli import areas
from portal.areas.demo import DEMO
from portal.areas.facts import AreasRenamed
from portal.areas.invariants import checks
from portal.areas.models import Area, AreaKind
from portal.areas.services import INDEX
from portal.declaration import Coded, Feature

FEATURE = Feature(
    name="areas",
    blueprints=[],
    facts=[AreasRenamed],
    checks=checks,
    codes=[Coded(Area.kind, AreaKind, "area_level")],
    indexes=[INDEX],
    console=[areas],
    demo=DEMO,
)

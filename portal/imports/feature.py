"""What lists give to the whole: organisations brought in by the row, and taken back."""

from portal.accounts.facts import PeopleJoined
from portal.declaration import Coded, Feature, TaskKind
from portal.ground.jobs import Periodic
from portal.imports import reactions, services
from portal.imports.cli import organisations
from portal.imports.demo import DEMO
from portal.imports.invariants import checks
from portal.imports.models import BatchState, Became, ImportBatch, ImportRow
from portal.imports.policies import RULES, SIGHTS
from portal.imports.privacy import PART
from portal.imports.services.states import BATCHES
from portal.imports.views import bp, home_panel, page_of_task, told
from portal.imports.visible import VISIBLE
from portal.words.i18n import _l

_GONE = {"gone": _l("The list was deleted meanwhile.")}

FEATURE = Feature(
    name="imports",
    blueprints=[bp],
    rules=RULES,
    sights=SIGHTS,
    answers=[(PeopleJoined, reactions.people_joined)],
    privacy=PART,
    visible=VISIBLE,
    panels=[home_panel],
    checks=checks,
    codes=[
        Coded(ImportBatch.state, BatchState, "import_state"),
        Coded(ImportRow.became, Became, "import_outcome"),
    ],
    states=[BATCHES],
    periodic=[Periodic("old lists", 24 * 60, services.remove_old)],
    tasks=[
        TaskKind(
            services.MAKING,
            _l("Making profiles of a list"),
            total=services.total,
            following=services.following,
            work=services.make,
            spoilt=services.spoilt,
            ended=services.ended,
            told=told,
            page=page_of_task,
            reasons=_GONE,
            batch=50,
        ),
        TaskKind(
            services.UNDOING,
            _l("Taking back the profiles of a list"),
            total=services.undo_total,
            following=services.taking_back,
            work=services.take_back,
            spoilt=services.undo_spoilt,
            ended=services.undo_ended,
            told=told,
            page=page_of_task,
            reasons=_GONE,
            batch=50,
        ),
    ],
    console=[organisations],
    demo=DEMO,
)

"""What tasks give to the whole: long work that people can watch and stop."""

from portal.accounts.facts import PeopleJoined
from portal.declaration import Coded, Feature
from portal.ground.jobs import Periodic
from portal.tasks import reactions, services
from portal.tasks.models import Task, TaskState
from portal.tasks.policies import RULES, SIGHTS
from portal.tasks.privacy import PART
from portal.tasks.services.states import TASKS
from portal.tasks.views import bp, home_panel
from portal.tasks.visible import VISIBLE

FEATURE = Feature(
    name="tasks",
    blueprints=[bp],
    rules=RULES,
    sights=SIGHTS,
    answers=[(PeopleJoined, reactions.people_joined)],
    privacy=PART,
    visible=VISIBLE,
    codes=[Coded(Task.state, TaskState, "task_state")],
    states=[TASKS],
    panels=[home_panel],
    periodic=[
        Periodic("tasks", 1, services.run_due, lane="tasks"),
        Periodic("ended tasks", 24 * 60, services.remove_old),
    ],
)

"""What a project aims at: said by those who look after it, shown beside what was reached."""

from portal.accounts.models import Person
from portal.ground import audit
from portal.ground.authz import Portal, demand
from portal.ground.db import transaction
from portal.ground.errors import Refusal, Refusals
from portal.impact.indicators import BY_CODE
from portal.impact.models import Aim
from portal.impact.policies import Permission
from portal.impact.words import unit_of
from portal.projects.models import Project
from portal.projects.services import locked_project
from portal.words.i18n import _l

MOST = 1_000_000  # in the unit of the indicator


def set_aim(project: Project, code: str, *, baseline: int | None, target: int | None, by: Person | Portal) -> None:
    """Say what is to be reached by an indicator, and what there was before; both in its unit, whole hours where it tells
    hours. Without a target there is no aim any more. Raises Refusals with all faults."""
    with transaction() as session:
        project = locked_project(project.id)
        demand(Permission.AIM, project, by=by)
        indicator = BY_CODE.get(code)
        if indicator is None:
            raise Refusal(_l("Choose a figure."), field="indicator")
        _check(baseline, target)
        aim = session.get(Aim, (project.id, code))
        if target is None:
            if aim is not None:
                session.delete(aim)
        else:
            factor = indicator.factor(unit_of(indicator, project))
            kept = {"baseline": None if baseline is None else baseline * factor, "target": target * factor}
            session.merge(Aim(project_id=project.id, code=code, **kept))
        session.flush()
        audit.record(
            "project.aim-set", project, detail={"indicator": code, "baseline": baseline, "target": target}, actor=by
        )


def _check(baseline: int | None, target: int | None) -> None:
    faults = []
    if baseline is not None and not 0 <= baseline <= MOST:
        faults.append(Refusal(_l("Enter a number from 0 to 1,000,000, or leave it empty."), field="baseline"))
    if target is not None and not 1 <= target <= MOST:
        faults.append(Refusal(_l("Enter a number from 1 to 1,000,000, or leave it empty."), field="target"))
    elif target is None and baseline is not None:
        faults.append(Refusal(_l("Enter what is to be reached, or leave both empty."), field="target"))
    if faults:
        raise Refusals(faults)

"""Reports: the figures of a period, kept as they are on a day."""

import datetime as dt
import hashlib
import json

from portal.accounts.models import Person
from portal.ground import audit, clock
from portal.ground.authz import Portal, demand
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal
from portal.impact import queries
from portal.impact.indicators import BY_CODE, NEWEST
from portal.impact.models import Report
from portal.impact.policies import Permission
from portal.projects.models import ZONE, Project
from portal.projects.services import locked_project
from portal.words.i18n import _l


def freeze(project: Project, first: dt.date, last: dt.date, *, by: Person | Portal) -> Report:
    """Keep the figures of all confirmed records from the first day to the last. What is corrected later becomes an erratum.

    Refuses a period that ends before it begins or has not ended, one that is frozen already, and one without a record.
    """
    with transaction() as session:
        project = locked_project(project.id)
        demand(Permission.FREEZE, project, by=by)
        if last < first:
            raise Refusal(_l("The period would end before it begins. Choose a later last day."), field="last")
        if last >= clock.today(ZONE):
            raise Refusal(
                _l("The period has not ended yet. It can be frozen on the day after its last one."), field="last"
            )
        if queries.report_of(project.id, first, last) is not None:
            raise Conflict(_l("This period is frozen already. Its report does not change."))
        numbers = list(queries.counted_ids(project.id, (first, last)))
        if not numbers:
            raise Refusal(_l("Nothing that lies in this period is confirmed. Confirm its records first."))
        amounts = queries.reported(project.id, (first, last), NEWEST)
        report = Report(
            project_id=project.id, starts_on=first, ends_on=last, frozen_at=clock.now(),
            frozen_by=None if isinstance(by, Portal) else by.id, records=len(numbers), checksum=checksum(numbers),
            figures={
                code: {"amount": amount, "version": BY_CODE[code].version, "unit": BY_CODE[code].unit or project.hour}
                for code, amount in amounts.items()
            },
        )  # fmt: skip
        session.add(report)
        session.flush()
        audit.record("project.frozen", project, detail={"report": report.id}, actor=by)
    return report


def checksum(numbers: list[int]) -> str:
    """SHA-256 of the numbers of records as JSON without blanks, in ascending order."""
    return hashlib.sha256(json.dumps(sorted(numbers), separators=(",", ":")).encode()).hexdigest()

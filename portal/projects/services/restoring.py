"""Bringing an earlier version of a card back."""

from typing import Any

from portal.accounts.models import Person
from portal.ground import audit
from portal.ground.authz import demand
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal, Refusals
from portal.projects.fields import KEPT
from portal.projects.history import PROJECT_HISTORY
from portal.projects.models import Project
from portal.projects.policies import Permission
from portal.projects.services.locking import locked_project
from portal.projects.services.writing import translate_project, update_project
from portal.revisions import queries
from portal.revisions import services as revisions
from portal.words.i18n import LANGUAGES, _l

SAME = _l("The card says exactly this already.")
GONE = _l("This version is not kept any more.")


def restore_version(project: Project, *, n: int, version: int, by: Person) -> None:
    """Write what a revision says, as anybody would who edits: the same checks, and a revision of its own.

    Raises Stale like `update_project`, Conflict where nothing would change, and Refusals where a value cannot be taken.
    """
    with transaction():
        project = locked_project(project.id)
        demand(Permission.EDIT, project, by=by)
        kept = queries.revision(PROJECT_HISTORY.kind, project.id, n)
        if kept is None:
            raise Conflict(GONE)
        if faults := [*PROJECT_HISTORY.no_longer_offered(kept.data)]:
            raise Refusals([_named(fault) for fault in faults])
        with revisions.noting(PROJECT_HISTORY, project, by=by) as note:
            note.restored = n
            before, language = PROJECT_HISTORY.snapshot(project), project.title.original
            data = before | kept.data
            values: dict[str, Any] = {one.name: PROJECT_HISTORY.value(data, one, language) for one in KEPT}
            update_project(project, version=version, by=by, **values)
            for other in LANGUAGES:
                texts: dict[str, Any] = {one.name: PROJECT_HISTORY.value(data, one, other) for one in KEPT.texts}
                if other != language and texts != KEPT.texts.read(project, other):
                    translate_project(project, version=project.row_version, language=other, by=by, **texts)
            if not PROJECT_HISTORY.differ(PROJECT_HISTORY.snapshot(project), before):
                raise Conflict(SAME)
        audit.record("project.version-restored", project, detail={"version": n}, actor=by)


def _named(fault: Refusal) -> Refusal:
    """The page of a version has no fields, so the sentence says which one it is about."""
    field = KEPT[fault.field or ""]
    return Refusal(
        _l("%(field)s: the value of then is not offered any more. Edit the card instead.", field=field.label)
    )

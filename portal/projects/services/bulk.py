"""Many public projects at once: for a large demo. Everything a single one gets but its history, in batches.

There is no audit entry: nobody did this.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from portal.ground.db import transaction
from portal.ground.statements import in_batches, insert_rows
from portal.projects.fields import PROJECT
from portal.projects.findable import document
from portal.projects.models import Project, ProjectState
from portal.projects.services.states import PROJECTS
from portal.words import search
from portal.words.i18n import Localized
from portal.words.slugs import FreeSlugs

BATCH = 1000


@dataclass(frozen=True, slots=True)
class BulkProject:
    """A public project of an organisation whose profile is public; `areas` are codes with commas."""

    organisation_id: int
    network_id: int | None
    title: Localized
    summary: Localized
    areas: str
    starts_on: dt.date
    ends_on: dt.date
    published_at: dt.datetime


def bulk_publish(rows: Iterable[BulkProject]) -> int:
    """Publish projects, with addresses that follow from their titles; returns how many there were."""
    slugs = FreeSlugs(Project.slug, fallback="project")
    total = 0
    for batch in in_batches(rows, BATCH):
        projects = [_project(row, slugs.take(row.title.source)) for row in batch]
        with transaction():
            insert_rows(projects)
            search.index(document(project) for project in projects)
        total += len(batch)
    return total


def _project(row: BulkProject, slug: str) -> Project:
    texts = {field.stored: Localized.of(row.title.original, "") for field in PROJECT.texts}
    return Project(
        slug=slug, organisation_id=row.organisation_id, network_id=row.network_id, areas=row.areas,
        state=PROJECTS.born(ProjectState.PUBLISHED), starts_on=row.starts_on, ends_on=row.ends_on,
        cost_currency="", subsidy_currency="", reach="", activities="", target_groups="", other_partners="",
        **{**texts, "title": row.title, "summary": row.summary}, published_at=row.published_at, row_version=1,
        created_at=row.published_at, updated_at=row.published_at,
    )  # fmt: skip

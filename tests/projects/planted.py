"""Faults of this feature that `portal check` must find, and the things in which they are planted."""

from portal.organisations.models import Organisation
from tests.factories.projects import make_partner, make_project, make_project_document
from tests.factories.records import make_record

PLANTED: dict[str, tuple[str, ...]] = {
    "projects.partner-of-its-own": (
        "{partner}", "UPDATE project_partner SET organisation_id = {organisation} WHERE id = {partner}",
    ),
    "projects.document-seen": (
        "{project_document}", "UPDATE document SET visibility = 'network' WHERE id = {project_document}",
    ),
    "impact.figures-apart": ("{project}", "UPDATE project_record SET minutes = minutes + 1 WHERE id = {record}"),
    "search.project-missing": ("{project}", "DELETE FROM search_document WHERE kind = 'project'"),
    "search.project-left": ("{project}", "UPDATE project SET state = 'withdrawn' WHERE id = {project}"),
    "search.project-placeless": ("{project}", "DELETE FROM search_order"),
    "search.project-apart": ("{project}", "UPDATE project SET slug = 'x' WHERE id = {project}"),
}  # fmt: skip


def things(organisation: Organisation) -> dict[str, object]:
    """A public project that names a partner and has a record and a document, by number."""
    project = make_project(organisation)
    record = make_record(project).id
    document = make_project_document(project).document_id
    partner = make_partner(project).id
    return {"project": project.id, "partner": partner, "record": record, "project_document": document}

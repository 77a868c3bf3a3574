"""Projects for tests, made through the services."""

import datetime as dt
from typing import Any

from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.organisations.models import Organisation
from portal.projects import queries, services
from portal.projects.models import Project, ProjectDocument, ProjectPartner, ProjectPicture
from tests.factories.documents import PDF, described, plant
from tests.factories.organisations import make_organisation
from tests.factories.pictures import picture

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
# What an editor types into the form of a new project.
NEW = {
    "language": "pl", "title": "Kuźnia Ekspertów", "summary": "Szkolenia i doradztwo.", "starts_on": "2026-01-01",
    "ends_on": "2026-12-31",
}  # fmt: skip


def make_project(
    organisation: Organisation | None = None, *, state: str = "published", language: str = "pl", by: Any = PORTAL,
    **fields: Any,
) -> Project:  # fmt: skip
    """A project of this year in one language, brought to the state that is asked for."""
    given = {"title": "Kuźnia Ekspertów", "starts_on": FIRST, "ends_on": LAST, **fields}
    made = services.create_project(organisation=organisation or make_organisation(), language=language, by=by, **given)
    if state != "draft":
        services.publish_project(made, by=by)
    if state == "withdrawn":
        services.withdraw_project(made, by=by)
    return fresh(made)


def make_partner(
    project: Project, organisation: Organisation | None = None, *, status: str = "asked", by: Any = PORTAL
) -> ProjectPartner:
    """An organisation that the project names, and its answer."""
    made = services.ask_partner(project, organisation or make_organisation(), by=PORTAL)
    if status == "accepted":
        services.accept_partnership(made, by=by)
    if status == "refused":
        services.refuse_partnership(made, by=by)
    return fresh_partner(project, made)


def shown(**said: Any) -> dict[str, Any]:
    """Everything that the form of a picture asks for: of a photo on which nobody can be recognised."""
    words = {f"{name}_{code}": "" for name in ("alt", "caption") for code in ("pl", "bg", "en")}
    return {"kind": "photo", "consent": "nobody", "author": "", **words, "alt_pl": "Ręce nad mapą gminy", **said}


def make_picture(project: Project, *, by: Any = PORTAL, file: bytes | None = None, **said: Any) -> ProjectPicture:
    """A picture on the card of a project."""
    made = services.add_picture(project, by=by, file=file or picture(), **shown(**said))
    found = queries.picture_at(project.slug, made.id)
    assert found is not None
    return found


def make_project_document(
    project: Project, by: Any = PORTAL, *, file: bytes = PDF, **said: Any
) -> ProjectDocument:  # fmt: skip
    """A document on the card of a project."""
    made = services.add_document(project, by=by, file=file, **described(**{"kind": "expert-opinion", **said}))
    return fresh_document(project, made.id)


def plant_documents(project: Project, number: int) -> None:
    """So many documents of a project, without the work of making them."""
    own = project.id
    plant(number, lambda made: ProjectDocument(document_id=made, project_id=own))


def fresh_document(project: Project, number: int) -> ProjectDocument:
    """The document as it is stored now."""
    db.session.rollback()
    found = queries.document_at(fresh(project).slug, number)
    assert found is not None
    return found


def fresh(project: Project) -> Project:
    """The project as it is in the database now, with its organisation."""
    found = queries.find(project.id)
    assert found is not None
    return found


def fresh_partner(project: Project, partner: ProjectPartner) -> ProjectPartner:
    found = queries.partner_at(project.slug, partner.id)
    assert found is not None
    return found

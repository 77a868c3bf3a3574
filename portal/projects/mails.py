"""The mails of projects: to those who are asked to be named, and to those who named them."""

from portal import mail
from portal.accounts.models import Person
from portal.projects.models import Project, ProjectPartner

FOLDER = "projects/mail"


def partner_asked(partner: ProjectPartner, project: Project, to: Person) -> mail.Message:
    """To owners and editors of an organisation that a project names as its partner."""
    link = mail.Link("projects.answer", {"slug": project.slug, "number": partner.id})
    return mail.Message(
        template=f"{FOLDER}/partner_asked", to=to.address, lang=to.locale, dedupe_key=f"projects.asked:{partner.id}:{to.id}",
        context={"project": project.title, "leader": project.organisation.name, "partner": partner.organisation.name},
        links={"answer": link}, person_id=to.id, kind=mail.Kind.TASKS,
    )  # fmt: skip


def partner_refused(partner: ProjectPartner, project: Project, to: Person) -> mail.Message:
    """To owners and editors of the project: a partner does not want to be named."""
    link = mail.Link("projects.partners", {"slug": project.slug})
    at = partner.answered_at.isoformat() if partner.answered_at else ""
    return mail.Message(
        template=f"{FOLDER}/partner_refused", to=to.address, lang=to.locale,
        dedupe_key=f"projects.refused:{partner.id}:{at}:{to.id}",
        context={"project": project.title, "partner": partner.organisation.name},
        links={"partners": link}, person_id=to.id, kind=mail.Kind.TASKS,
    )  # fmt: skip

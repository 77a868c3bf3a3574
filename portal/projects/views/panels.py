"""What waits for a person on their own page: their projects, and questions to their organisations."""

from flask import url_for

from portal.accounts.models import Person
from portal.declaration import Panel, PanelCase, PanelLink
from portal.projects import queries
from portal.projects.policies import may_see_own
from portal.words.i18n import _


def home_panel(person: Person) -> Panel | None:
    """The way to their projects, and the partnerships that nobody has answered."""
    if not may_see_own(person):
        return None
    cases = [
        PanelCase(
            _("Partnership"), one.project.title, url_for("projects.answer", slug=one.project.slug, number=one.id), "",
            _("Read the card and answer"),
        )
        for one in queries.waiting_for(person)
    ]  # fmt: skip
    return Panel(_("Projects"), [PanelLink(_("My projects"), url_for("projects.mine"))], cases=cases)

"""Documents of the projects of the demo: on the first card three that everybody reads, and one for its own people; a guide on
each of two others."""

from collections.abc import Mapping

from portal.accounts.models import Person
from portal.documents.demo import paper
from portal.projects.models import Project
from portal.projects.services import add_document
from portal.words.content import content


def load_documents(projects: Mapping[str, Project], writers: Mapping[str, Person]) -> None:
    for place, told in enumerate(content(__package__, "documents")["document"], start=4):
        said = dict(told)  # the words of the demo are read once, however often it is loaded
        project = projects[said.pop("project")]
        titles = {f"title_{language}": said.pop(f"title_{language}", "") for language in ("pl", "bg", "en")}
        seen = said.pop("visibility", "public")
        add_document(project, by=writers[project.slug], file=paper(place), visibility=seen, **titles, **said)

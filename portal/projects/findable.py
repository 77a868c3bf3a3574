"""What search and the site map get of projects: those that are public."""

from collections.abc import Iterator

from portal.ground.statements import streamed
from portal.projects import queries
from portal.projects.fields import PRACTICE_PARTS, STORY_PARTS
from portal.projects.models import KIND, Project
from portal.words.i18n import Localized
from portal.words.richtext import plain
from portal.words.search import Document, Findable, PublicPage


def document(project: Project) -> Document:
    """A project is found by its title, story, good practice and funder in every language, and by partners who have no profile."""
    story: list[Localized] = [getattr(project, field.stored) for field in (*STORY_PARTS, *PRACTICE_PARTS)]
    return Document(
        kind=KIND,
        object_id=project.id,
        url=f"projects/{project.slug}",
        title=project.title,
        summary=project.summary,
        text=[
            *(plain(html) for part in story for html in part.texts.values()),
            *project.funder.texts.values(),
            *project.practice.texts.values(),
            project.other_partners,
        ],
    )


def pages(numbers: range) -> Iterator[PublicPage]:
    columns = (Project.slug, Project.title, Project.practice, Project.has_practice)
    found = queries.findable_ids().with_only_columns(*columns).order_by(Project.id)
    found = found.where(Project.id >= numbers.start, Project.id < numbers.stop)
    for slug, title, practice, has_practice in streamed(found, 200):
        yield PublicPage(f"projects/{slug}", title.languages)
        if has_practice:
            yield PublicPage(f"projects/{slug}/good-practice", practice.languages)


FINDABLE = Findable(KIND, "projects", queries.findable_ids, pages, others=("good-practices", "library"))

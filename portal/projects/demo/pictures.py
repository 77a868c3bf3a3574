"""The pictures of a card in the demo: drawings, so that nobody real is on them."""

from importlib import resources
from typing import Any

from portal.accounts.models import Person
from portal.projects.models import Project
from portal.projects.services import add_picture
from portal.words.i18n import LANGUAGES


def add_pictures(project: Project, entry: dict[str, Any], *, by: Person) -> None:
    """Put the pictures of an entry of `projects.toml` on its card."""
    for said in entry.get("pictures", []):
        words = {
            f"{name}_{code}": said.get(name, {}).get(code, "") for name in ("alt", "caption") for code in LANGUAGES
        }
        file = resources.files(__package__).joinpath(f"drawings/{said['file']}.png").read_bytes()
        add_picture(
            project, by=by, file=file, kind=said["kind"], consent=said.get("consent", ""), author=said.get("author", ""),
            **words,
        )  # fmt: skip

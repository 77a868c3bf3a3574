"""What others see about people who write records of projects: that it was they who gave advice, and nothing else."""

from collections.abc import Sequence

from portal.accounts.models import Person
from portal.privacy.visible import Seen, Visible
from portal.projects import queries
from portal.words.i18n import _


def _lines(person: Person) -> Sequence[Seen]:
    return [
        Seen(
            _("Your name beside the advice that you gave"), _("Those who look after the project"),
            _("You wrote the advice down."), project.title,
        )
        for project in queries.advised_in(person.id)
    ]  # fmt: skip


VISIBLE = Visible(tables=frozenset({"project_record"}), lines=_lines)

"""Who sees what a person has answered."""

from collections.abc import Sequence

from portal.accounts.models import Person
from portal.privacy.visible import Seen, Visible
from portal.words.i18n import _


def _lines(person: Person) -> Sequence[Seen]:
    return [
        Seen(
            _("What you answer in a form with questions"), _("Those who ask, as the form says"), _("You answered them.")
        )
    ]


VISIBLE = Visible(tables=frozenset({"answer_set", "answer"}), lines=_lines)

"""What others see about a person through news."""

from collections.abc import Sequence

from flask import url_for

from portal.accounts.models import Person
from portal.privacy.visible import Seen, Visible
from portal.words.i18n import _


def _lines(person: Person) -> Sequence[Seen]:
    who = _("Those who write for the same organisation or network; readers see no name")
    return [Seen(_("That a post was written by you"), who, _("You wrote it."), url=url_for("news.mine"))]


VISIBLE = Visible(tables=frozenset({"post"}), lines=_lines)

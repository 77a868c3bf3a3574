"""What micro-grants show a person on their own page."""

from flask import url_for

from portal.accounts.models import Person
from portal.declaration import Panel, PanelCase, PanelLink
from portal.grants import queries
from portal.grants.policies import may_confirm, may_see_operators, may_see_own
from portal.membership.publishers import PUBLISHERS
from portal.organisations.queries import roles_anywhere
from portal.words.i18n import _


def home_panel(person: Person) -> Panel | None:
    """The way to their programmes, what waits for a second person, and for the portal team to who gives micro-grants."""
    links, cases = list[PanelLink](), list[PanelCase]()
    if may_see_own(person):
        links.append(PanelLink(_("My programmes and calls"), url_for("grants.mine")))
        own = [number for number, roles in roles_anywhere(person).items() if roles & PUBLISHERS]
        cases = [
            PanelCase(
                _("Extension of a call"), one.call.title, url_for("grants.manage", slug=one.call.slug), "",
                _("Read and answer"),
            )
            for one in queries.waiting_events(own)
            if may_confirm(person, one)
        ]  # fmt: skip
    if may_see_operators(person):
        links.append(PanelLink(_("Operators of micro-grants"), url_for("grants.index_of_operators")))
    return Panel(_("Micro-grants"), links, cases=cases) if links else None

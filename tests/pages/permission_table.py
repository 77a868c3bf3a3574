"""Who may say who runs the portal."""

from portal.pages.policies import Permission
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import PUBLIC, SIGNED_IN, Routes, Row, Situation

ROWS = [Row(Permission.EDIT_OPERATOR, "nothing", {"administrator"})]

# Every route and who gets in: everybody, whoever is signed in, the holder of a link, or whoever has the permission.
ROUTES: Routes = {
    "pages.about": PUBLIC,
    "pages.access_settings": PUBLIC,
    "pages.accessibility": PUBLIC,
    "pages.home": PUBLIC,
    "pages.operator": Permission.EDIT_OPERATOR,
    "pages.pasted": SIGNED_IN,
    "pages.privacy": PUBLIC,
    "pages.search": PUBLIC,
    "programs.robots": PUBLIC,
    "programs.root": PUBLIC,
    "programs.security": PUBLIC,
    "programs.sitemap": PUBLIC,
    "programs.sitemap_part": PUBLIC,
}


def situation(state: str) -> Situation:
    return Situation(None, {"administrator": make_administrator(), "registered": make_person()})

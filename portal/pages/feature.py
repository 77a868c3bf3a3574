"""What pages give to the whole: the first page, the search, the statements, and what programs read."""

from portal.declaration import Feature
from portal.face.look import Column, Entry
from portal.pages.demo import DEMO
from portal.pages.policies import RULES
from portal.pages.views import bp, home_panel, programs
from portal.words.i18n import _l

FEATURE = Feature(
    name="pages",
    blueprints=[bp, programs],
    rules=RULES,
    panels=[home_panel],
    footer=[
        (Column.PORTAL, Entry("pages.about", _l("About the portal"))),
        (Column.PORTAL, Entry("pages.search", _l("Search"))),
        (Column.RULES, Entry("pages.accessibility", _l("Accessibility statement"))),
        (Column.RULES, Entry("pages.privacy", _l("Privacy policy"))),
    ],
    demo=DEMO,
    home="pages.home",
)

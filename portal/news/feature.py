"""What news give to the whole: posts of organisations and networks, and their feeds."""

from portal.declaration import Coded, Feature
from portal.face.look import Column, Entry
from portal.ground.jobs import Periodic
from portal.merging.facts import OrganisationsMerged
from portal.news import jobs, reactions
from portal.news.acts import ACTS
from portal.news.demo import DEMO
from portal.news.findable import FINDABLE
from portal.news.invariants import checks
from portal.news.models import Post, PostStatus
from portal.news.policies import RULES, SIGHTS
from portal.news.privacy import PART
from portal.news.services import derived
from portal.news.services.states import POSTS
from portal.news.views import bp, home_panel
from portal.news.visible import VISIBLE
from portal.organisations.facts import PublicityChanged
from portal.words.i18n import _l

FEATURE = Feature(
    name="news",
    blueprints=[bp],
    rules=RULES,
    sights=SIGHTS,
    answers=[(PublicityChanged, reactions.publicity_changed), (OrganisationsMerged, reactions.organisations_merged)],
    previews=[(OrganisationsMerged, reactions.merge_preview)],
    privacy=PART,
    visible=VISIBLE,
    checks=checks,
    codes=[
        Coded(Post.status, PostStatus, "post_status", frozenset({"review", "archived", "rejected"})),
    ],
    states=[POSTS],
    findables=[FINDABLE],
    indexes=[derived.INDEX],
    panels=[home_panel],
    periodic=[Periodic("posts", 1, jobs.index_due)],
    menu=[Entry("news.index", _l("News"))],
    footer=[(Column.FOLLOW, Entry("news.feed", _l("Atom feed")))],
    reserved=frozenset({"mine"}),
    acts=[ACTS],
    demo=DEMO,
)

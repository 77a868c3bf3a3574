"""Who may do what with posts, in every state."""

import datetime as dt
from typing import Any

from portal.ground import clock
from portal.news.policies import Permission
from portal.organisations.policies import Permission as Organisations
from tests.factories.events import make_coordinator, make_network
from tests.factories.news import make_post
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import PUBLIC, VISITOR, Routes, Row, Situation

EVERYBODY = {
    VISITOR, "registered", "owner", "editor", "author", "translator", "representative", "coordinator", "administrator",
}  # fmt: skip
INSIDE = {"owner", "editor", "author", "translator", "representative", "administrator"}
PUBLISHERS = {"owner", "editor"}
NOBODY: set[str] = set()

ROWS = [
    Row(Permission.SEE, "draft", INSIDE),
    Row(Permission.SEE, "scheduled", INSIDE),
    Row(Permission.SEE, "due", EVERYBODY),
    Row(Permission.SEE, "published", EVERYBODY),
    Row(Permission.SEE, "unpublished", INSIDE),
    Row(Permission.SEE_OWN, "none", {"owner", "editor", "author", "coordinator"}),
    Row(Permission.WRITE_FOR_ORGANISATION, "organisation", {"owner", "editor", "author"}),
    Row(Permission.WRITE_FOR_NETWORK, "network", {"coordinator"}),
    Row(Permission.PREVIEW, "published", INSIDE),
    Row(Permission.PREVIEW, "of network", {"coordinator", "administrator"}),
    Row(Permission.EDIT, "draft", {"owner", "editor", "author"}),
    Row(Permission.EDIT, "published", PUBLISHERS),
    Row(Permission.EDIT, "of network", {"coordinator"}),
    Row(Permission.TRANSLATE, "published", {"owner", "editor", "author", "translator"}),
    Row(Permission.PUBLISH, "draft", PUBLISHERS),
    Row(Permission.PUBLISH, "unpublished", PUBLISHERS),
    Row(Permission.PUBLISH, "published", NOBODY),
    Row(Permission.CALL_BACK, "scheduled", PUBLISHERS),
    Row(Permission.CALL_BACK, "due", NOBODY),
    Row(Permission.UNPUBLISH, "scheduled", NOBODY),
    Row(Permission.UNPUBLISH, "due", {*PUBLISHERS, "administrator"}),
    Row(Permission.UNPUBLISH, "published", {*PUBLISHERS, "administrator"}),
    Row(Permission.DELETE, "draft", {"owner", "editor", "author"}),
    Row(Permission.DELETE, "unpublished", NOBODY),
]

# Every route and who gets in: everybody, whoever is signed in, the holder of a link, or whoever has the permission.
ROUTES: Routes = {
    "news.call_back": Permission.CALL_BACK,
    "news.delete": Permission.DELETE,
    "news.edit": Permission.EDIT,
    "news.feed": PUBLIC,
    "news.index": PUBLIC,
    "news.mine": Permission.SEE_OWN,
    "news.network_feed": PUBLIC,
    "news.new_for_network": Permission.WRITE_FOR_NETWORK,
    "news.new_for_organisation": Permission.WRITE_FOR_ORGANISATION,
    "news.of_network": PUBLIC,
    "news.of_organisation": Organisations.SEE,
    "news.organisation_feed": Organisations.SEE,
    "news.preview": Permission.PREVIEW,
    "news.publish": Permission.PUBLISH,
    "news.show": Permission.SEE,
    "news.translate": Permission.TRANSLATE,
    "news.unpublish": Permission.UNPUBLISH,
}


def situation(state: str) -> Situation:
    owner, network = make_person(), make_network()
    organisation = make_organisation(owner)
    roles = ("editor", "author", "translator", "representative")
    people = {
        "registered": make_person(),
        "owner": owner,
        **{role: make_member(organisation, role) for role in roles},
        "coordinator": make_coordinator(network),
        "administrator": make_administrator(),
    }
    return Situation(_subject(state, organisation, network), people)


def _subject(state: str, organisation: Any, network: Any) -> Any:
    subjects = {"none": None, "organisation": organisation, "network": network}
    if state in subjects:
        return subjects[state]
    if state == "of network":
        return make_post(network)
    if state in ("scheduled", "due"):
        return _scheduled(organisation, is_due=state == "due")
    return make_post(organisation, state=state)


def _scheduled(organisation: Any, *, is_due: bool) -> Any:
    """A scheduled post; a due one was scheduled yesterday and the worker has not come by yet."""
    at = clock.in_zone(clock.now() + dt.timedelta(hours=1), "Europe/Warsaw").replace(tzinfo=None)
    if not is_due:
        return make_post(organisation, state="scheduled", at=at)
    with clock.frozen(clock.now() - dt.timedelta(days=1)):
        return make_post(organisation, state="scheduled", at=at - dt.timedelta(hours=20))

"""Who may merge, ask and answer."""

from portal.ground.db import db
from portal.merging import queries, services
from portal.merging.policies import Permission
from portal.merging.queries import Pair
from tests.factories.merging import make_request
from tests.factories.organisations import fresh, make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import Routes, Row, Situation

ROWS = [
    Row(Permission.START, "a profile", {"owner", "administrator"}),
    Row(Permission.START, "a merged profile", set()),
    Row(Permission.COMPARE, "two profiles", {"owner of both", "owner", "other owner", "administrator"}),
    Row(Permission.COMPARE, "a draft of others", {"owner of both", "other owner", "administrator"}),
    Row(Permission.MERGE, "two profiles", {"owner of both", "administrator"}),
    Row(Permission.PROPOSE, "two profiles", {"owner", "other owner"}),
    Row(Permission.SEE_REQUEST, "a request", {"owner", "other owner"}),
    Row(Permission.DECIDE, "a request", {"other owner"}),
    Row(Permission.WITHDRAW, "a request", {"owner"}),
    Row(Permission.DECIDE, "an answered request", set()),
    Row(Permission.WITHDRAW, "an answered request", set()),
]

ROUTES: Routes = {
    "merging.compare": Permission.COMPARE,
    "merging.decline": Permission.DECIDE,
    "merging.request": Permission.SEE_REQUEST,
    "merging.start": Permission.START,
    "merging.withdraw": Permission.WITHDRAW,
}


def situation(state: str) -> Situation:
    owner, other, administrator = make_person("Olga"), make_person("Ola"), make_administrator()
    people = {"owner": owner, "registered": make_person(), "administrator": administrator}
    obj: object
    if "request" in state:
        request = make_request(owner, other)
        if state == "an answered request":
            services.decline(request, by=other)
        db.session.rollback()
        return Situation(queries.request_of(request.id), people | {"other owner": other})
    kept = make_organisation(owner)
    people["editor"] = make_member(kept, "editor")
    if state in ("two profiles", "a draft of others"):
        lost = make_organisation(other, status="draft" if state == "a draft of others" else "published")
        both = make_member(kept, "owner")
        make_member(lost, "owner", both)
        people |= {"other owner": other, "owner of both": both}
        obj = Pair(fresh(kept), fresh(lost))
    elif state == "a merged profile":
        rest = make_organisation(owner)
        services.merge(
            Pair(rest, kept), by=owner, taken=[], kept_version=rest.row_version, lost_version=fresh(kept).row_version
        )
        obj = fresh(kept)
    else:
        obj = fresh(kept)
    db.session.rollback()
    return Situation(obj, people)

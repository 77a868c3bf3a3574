"""Who may do what with micro-grants."""

from typing import Any

from portal.grants import services
from portal.grants.policies import Permission
from portal.ground.authz import PORTAL
from tests.factories.grants import (
    fresh_operator,
    fresh_programme,
    make_call,
    make_extension,
    make_operator,
    make_programme,
)
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import PUBLIC, VISITOR, Routes, Row, Situation

TEAM = {"administrator", "own administrator"}
WORKERS = {"owner", "editor", "second owner"}
OWNERS = {"owner", "second owner"}
EVERYBODY = {VISITOR, *TEAM, *WORKERS, "stranger"}
ROWS = [
    Row(Permission.SEE_OPERATORS, "open operator", TEAM),
    Row(Permission.NAME_OPERATOR, "published", {"administrator"}),
    Row(Permission.NAME_OPERATOR, "draft", set()),
    Row(Permission.END_OPERATOR, "open operator", TEAM),
    Row(Permission.END_OPERATOR, "ended operator", set()),
    Row(Permission.SEE_OWN, "programme", WORKERS),
    Row(Permission.SEE_OWN, "published", set()),
    Row(Permission.OPEN_PROGRAMME, "organisation that operates", OWNERS),
    Row(Permission.OPEN_PROGRAMME, "published", set()),
    Row(Permission.CHANGE_PROGRAMME, "programme", OWNERS),
    Row(Permission.MAKE_CALL, "programme", OWNERS),
    Row(Permission.MAKE_CALL, "programme of who was operator", set()),
    Row(Permission.SEE, "draft call", {*WORKERS, *TEAM}),
    Row(Permission.SEE, "published call", EVERYBODY),
    Row(Permission.SEE, "cancelled call", EVERYBODY),
    Row(Permission.MANAGE, "published call", {*WORKERS, *TEAM}),
    Row(Permission.CHANGE_CALL, "draft call", OWNERS),
    Row(Permission.CHANGE_CALL, "published call", OWNERS),
    Row(Permission.CHANGE_CALL, "cancelled call", set()),
    Row(Permission.PUBLISH, "draft call", OWNERS),
    Row(Permission.PUBLISH, "published call", set()),
    Row(Permission.CANCEL, "published call", OWNERS),
    Row(Permission.CANCEL, "draft call", set()),
    Row(Permission.CANCEL, "cancelled call", set()),
    Row(Permission.DELETE, "draft call", OWNERS),
    Row(Permission.DELETE, "published call", set()),
    Row(Permission.EXTEND, "published call", OWNERS),
    Row(Permission.EXTEND, "draft call", set()),
    Row(Permission.EXTEND, "cancelled call", set()),
    Row(Permission.CONFIRM_EXTENSION, "extension", {"editor", "second owner"}),
    Row(Permission.DROP_EXTENSION, "extension", WORKERS),
]

# Every route and who gets in.
ROUTES: Routes = {
    "grants.call_areas": Permission.CHANGE_CALL,
    "grants.cancel_call": Permission.CANCEL,
    "grants.confirm_extension": Permission.CONFIRM_EXTENSION,
    "grants.delete_call": Permission.DELETE,
    "grants.drop_extension": Permission.DROP_EXTENSION,
    "grants.edit_call": Permission.CHANGE_CALL,
    "grants.edit_programme": Permission.CHANGE_PROGRAMME,
    "grants.end_operator": Permission.END_OPERATOR,
    "grants.extend": Permission.EXTEND,
    "grants.index": PUBLIC,
    "grants.index_of_operators": Permission.SEE_OPERATORS,
    "grants.manage": Permission.MANAGE,
    "grants.mine": Permission.SEE_OWN,
    "grants.name_operator": Permission.NAME_OPERATOR,
    "grants.new_call": Permission.MAKE_CALL,
    "grants.new_programme": Permission.OPEN_PROGRAMME,
    "grants.publish_call": Permission.PUBLISH,
    "grants.show": Permission.SEE,
}


def situation(state: str) -> Situation:
    """An organisation, its programme, a call or an extension of it, with those who stand around them."""
    owner, own = make_person(), make_administrator()
    organisation = make_organisation(owner, status="draft" if state == "draft" else "published")
    people = {
        "owner": owner,
        "second owner": make_member(organisation, "owner"),
        "editor": make_member(organisation, "editor"),
        "own administrator": make_member(organisation, "author", own),
        "administrator": make_administrator(),
        "stranger": make_person(),
    }
    return Situation(organisation if state in ("published", "draft") else _thing(state, organisation, owner), people)


def _thing(state: str, organisation: Any, owner: Any) -> Any:
    if state.endswith("call"):
        return make_call(make_programme(of=organisation), status=state.removesuffix(" call"))
    if state.startswith("extension"):
        return make_extension(make_call(make_programme(of=organisation)), by=owner)
    operator = make_operator(of=organisation)
    programme = make_programme(of=organisation) if state.startswith("programme") else None
    if state in ("ended operator", "programme of who was operator"):
        services.end_operator(operator, by=PORTAL)
    if programme is not None:
        return fresh_programme(programme)
    return operator.organisation if state == "organisation that operates" else fresh_operator(operator)

"""Who may do what with a profile, in every state."""

from portal.ground.db import db
from portal.organisations import queries, services
from portal.organisations.models import Role
from portal.organisations.policies import Permission
from tests.factories.organisations import fresh, list_somebody, make_member, make_organisation, role_of
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import PUBLIC, SIGNED_IN, Routes, Row, Situation, link

EVERYBODY = {"visitor", "registered", "owner", "editor", "author", "translator", "representative", "administrator"}
OWN = {"owner", "editor", "author", "translator", "representative"}
STATES = ("draft", "pending", "published", "hidden", "suspended", "closed")

ROWS = [
    Row(Permission.SEE, "published", EVERYBODY),
    Row(Permission.SEE, "closed", EVERYBODY),
    *(Row(Permission.SEE, state, {*OWN, "administrator"}) for state in STATES if state not in ("published", "closed")),
    *(Row(Permission.WRITE_TO, state, EVERYBODY if state == "published" else set()) for state in STATES),
    Row(Permission.WRITE_TO, "no form", set()),
    Row(Permission.CREATE, "nothing", EVERYBODY - {"visitor"}),
    *(Row(Permission.EDIT, state, {"owner", "editor"}) for state in STATES),
    Row(Permission.REMOVE_NAME, "another name", {"owner", "editor"}),
    *(Row(Permission.SEE_HISTORY, state, {*OWN, "administrator"}) for state in STATES),
    *(Row(Permission.CONFIRM, state, {"owner", "editor"} if state == "published" else set()) for state in STATES),
    *(Row(Permission.TRANSLATE, state, {"owner", "editor", "author", "translator"}) for state in STATES),
    *(Row(Permission.MANAGE_PEOPLE, state, {"owner"}) for state in STATES),
    Row(Permission.UNLIST, "somebody on the profile", {"owner"}),
    Row(Permission.REVOKE_INVITATION, "an invitation", {"owner"}),
    Row(Permission.END_ROLE, "the role of the translator", {"owner", "translator"}),
    *(Row(Permission.SEND, state, {"owner"} if state == "draft" else set()) for state in STATES),
    *(Row(Permission.HIDE, state, {"owner"} if state == "published" else set()) for state in STATES),
    *(Row(Permission.SHOW_AGAIN, state, {"owner"} if state == "hidden" else set()) for state in STATES),
    *(
        Row(Permission.SUSPEND, state, {"administrator"} if state in ("published", "hidden") else set())
        for state in STATES
    ),
    *(Row(Permission.RESTORE, state, {"administrator"} if state == "suspended" else set()) for state in STATES),
    Row(Permission.SUSPEND, "the administrator's own", set()),
    *(Row(Permission.CLOSE, state, {"owner", "administrator"} if state == "published" else set()) for state in STATES),
    *(Row(Permission.REOPEN, state, {"owner", "administrator"} if state == "closed" else set()) for state in STATES),
]

# Every route and who gets in: everybody, whoever is signed in, the holder of a link, or whoever has the permission.
ROUTES: Routes = {
    "directory.graph": PUBLIC,
    "directory.objects": PUBLIC,
    "directory.table": PUBLIC,
    "directory.workbook": PUBLIC,
    "organisations.acts": Permission.SEE_HISTORY,
    "organisations.areas": Permission.EDIT,
    "organisations.card": PUBLIC,
    "organisations.card_picture": PUBLIC,
    "organisations.close": Permission.CLOSE,
    "organisations.confirm": Permission.CONFIRM,
    "organisations.contacts": Permission.EDIT,
    "organisations.edit": Permission.EDIT,
    "organisations.edit_section": Permission.EDIT,
    "organisations.names": Permission.EDIT,
    "organisations.remove_name": Permission.REMOVE_NAME,
    "organisations.end_role": Permission.END_ROLE,
    "organisations.hide": Permission.HIDE,
    "organisations.history": Permission.SEE_HISTORY,
    "organisations.index": PUBLIC,
    "organisations.invitation": link("organisation-invitation"),
    "organisations.listed": Permission.MANAGE_PEOPLE,
    "organisations.listed_entry": link("organisation-listed"),
    "organisations.unlist": Permission.UNLIST,
    "organisations.logo": Permission.EDIT,
    "organisations.mine": SIGNED_IN,
    "organisations.new": Permission.CREATE,
    "organisations.people": Permission.MANAGE_PEOPLE,
    "organisations.regions_map": PUBLIC,
    "organisations.reopen": Permission.REOPEN,
    "organisations.qr": PUBLIC,
    "organisations.remove_logo": Permission.EDIT,
    "organisations.restore": Permission.RESTORE,
    "organisations.restore_version": Permission.EDIT,
    "organisations.revoke_invitation": Permission.REVOKE_INVITATION,
    "organisations.share": Permission.EDIT,
    "organisations.show": Permission.SEE,
    "organisations.start": PUBLIC,
    "organisations.show_again": Permission.SHOW_AGAIN,
    "organisations.suspend": Permission.SUSPEND,
    "organisations.translate": Permission.TRANSLATE,
    "organisations.version": Permission.SEE_HISTORY,
    "organisations.who_sees": Permission.EDIT,
    "organisations.write": Permission.SEE,
    "organisations.written": Permission.SEE,
}


def situation(state: str) -> Situation:
    owner = make_person("Olga Właścicielska")
    organisation = make_organisation(
        owner,
        status=state if state in STATES else "published",
        contacts=[("phone", "112", "public")],
        contact_form=state != "no form",
    )  # fmt: skip
    people = {"owner": owner, "registered": make_person("Ktoś Inny"), "administrator": make_administrator()}
    people |= {role: make_member(organisation, role) for role in OWN - {"owner"}}
    obj: object = None
    if state == "an invitation":
        services.invite(organisation, by=owner, email="zapraszana@example.org", role=Role.EDITOR, language="pl")
        obj = queries.open_invitations(organisation)[0]
    elif state == "another name":
        obj = services.add_name(organisation, by=owner, kind="short", text="NS")
    elif state == "somebody on the profile":
        obj = list_somebody(organisation, owner)
    elif state == "the role of the translator":
        obj = role_of(organisation, people["translator"])
    elif state == "the administrator's own":
        make_member(organisation, "owner", people["administrator"])
        obj = fresh(organisation)
    elif state != "nothing":
        obj = fresh(organisation)
    db.session.rollback()
    return Situation(obj, people)

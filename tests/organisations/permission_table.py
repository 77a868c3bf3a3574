"""Who may do what with a profile, in every state."""

from portal.ground.db import db
from portal.organisations import queries, services
from portal.organisations.models import Role
from portal.organisations.policies import Permission
from tests.factories.organisations import fresh, make_member, make_organisation, role_of
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import PUBLIC, SIGNED_IN, Routes, Row, Situation, link

EVERYBODY = {"visitor", "registered", "owner", "editor", "author", "translator", "representative", "administrator"}
OWN = {"owner", "editor", "author", "translator", "representative"}
STATES = ("draft", "pending", "published", "hidden", "suspended")

ROWS = [
    Row(Permission.SEE, "published", EVERYBODY),
    *(Row(Permission.SEE, state, {*OWN, "administrator"}) for state in STATES if state != "published"),
    Row(Permission.SEE_CONTACT, "published", EVERYBODY),
    Row(Permission.SEE_CONTACT, "contact for people with an account", EVERYBODY - {"visitor"}),
    Row(Permission.SEE_CONTACT, "contact for nobody", OWN),
    Row(Permission.CREATE, "nothing", EVERYBODY - {"visitor"}),
    *(Row(Permission.EDIT, state, {"owner", "editor"}) for state in STATES),
    *(Row(Permission.CONFIRM, state, {"owner", "editor"} if state == "published" else set()) for state in STATES),
    *(Row(Permission.TRANSLATE, state, {"owner", "editor", "author", "translator"}) for state in STATES),
    *(Row(Permission.MANAGE_PEOPLE, state, {"owner"}) for state in STATES),
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
]
VISIBILITY = {"contact for people with an account": "registered", "contact for nobody": "private"}

# Every route and who gets in: everybody, whoever is signed in, the holder of a link, or whoever has the permission.
ROUTES: Routes = {
    "organisations.confirm": Permission.CONFIRM,
    "organisations.edit": Permission.EDIT,
    "organisations.end_role": Permission.END_ROLE,
    "organisations.hide": Permission.HIDE,
    "organisations.index": PUBLIC,
    "organisations.invitation": link("organisation-invitation"),
    "organisations.logo": Permission.EDIT,
    "organisations.mine": SIGNED_IN,
    "organisations.new": Permission.CREATE,
    "organisations.people": Permission.MANAGE_PEOPLE,
    "organisations.remove_logo": Permission.EDIT,
    "organisations.restore": Permission.RESTORE,
    "organisations.revoke_invitation": Permission.REVOKE_INVITATION,
    "organisations.show": Permission.SEE,
    "organisations.start": PUBLIC,
    "organisations.show_again": Permission.SHOW_AGAIN,
    "organisations.suspend": Permission.SUSPEND,
    "organisations.translate": Permission.TRANSLATE,
}


def situation(state: str) -> Situation:
    owner = make_person("Olga Właścicielska")
    organisation = make_organisation(
        owner, status=state if state in STATES else "published", contact_visibility=VISIBILITY.get(state, "public")
    )
    people = {"owner": owner, "registered": make_person("Ktoś Inny"), "administrator": make_administrator()}
    people |= {role: make_member(organisation, role) for role in OWN - {"owner"}}
    obj: object = None
    if state == "an invitation":
        services.invite(organisation, by=owner, email="zapraszana@example.org", role=Role.EDITOR, language="pl")
        obj = queries.open_invitations(organisation)[0]
    elif state == "the role of the translator":
        obj = role_of(organisation, people["translator"])
    elif state == "the administrator's own":
        make_member(organisation, "owner", people["administrator"])
        obj = fresh(organisation)
    elif state != "nothing":
        obj = fresh(organisation)
    db.session.rollback()
    return Situation(obj, people)

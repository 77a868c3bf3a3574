"""Who may do what with the portal team, and with the data of a person."""

from portal.accounts.policies import Permission
from tests.factories.people import make_administrator, make_person
from tests.support.permissions import PUBLIC, SIGNED_IN, Routes, Row, Situation, link

ROWS = [
    Row(Permission.MANAGE_TEAM, "any", {"administrator"}),
    Row(Permission.OWN, "registered", {"registered"}),
]

# Every route and who gets in: everybody, whoever is signed in, the holder of a link, or whoever has the permission.
ROUTES: Routes = {
    "accounts.confirm": link("accounts.confirm"),
    "accounts.confirm_email": link("accounts.email"),
    "accounts.consents": SIGNED_IN,
    "accounts.delete": SIGNED_IN,
    "accounts.deleted": PUBLIC,
    "accounts.devices": SIGNED_IN,
    "accounts.download": SIGNED_IN,
    "accounts.edit": SIGNED_IN,
    "accounts.email": SIGNED_IN,
    "accounts.end_role": Permission.MANAGE_TEAM,
    "accounts.forgotten": PUBLIC,
    "accounts.home": SIGNED_IN,
    "accounts.visible": SIGNED_IN,
    "accounts.mail_by_link": link("mail.stop"),
    "accounts.mail_kinds": SIGNED_IN,
    "accounts.mail_stop": link("mail.stop"),
    "accounts.new_password": link("accounts.password"),
    "accounts.own_data": SIGNED_IN,
    "accounts.password": SIGNED_IN,
    "accounts.recovery_codes": SIGNED_IN,
    "accounts.second_step": PUBLIC,
    "accounts.sign_in": PUBLIC,
    "accounts.sign_out": PUBLIC,
    "accounts.sign_up": PUBLIC,
    "accounts.sign_up_sent": PUBLIC,
    "accounts.team": Permission.MANAGE_TEAM,
    "accounts.two_step": SIGNED_IN,
    "accounts.two_step_off": SIGNED_IN,
    "accounts.two_step_on": SIGNED_IN,
    "accounts.unused": Permission.MANAGE_TEAM,
    "accounts.verify": SIGNED_IN,
}


def situation(state: str) -> Situation:
    people = {"registered": make_person(), "other": make_person(), "administrator": make_administrator()}
    return Situation(people.get(state), people)

"""Who may do what about trust in a profile."""

from portal.ground.db import db
from portal.trust import queries, services
from portal.trust.policies import Permission
from tests.factories.networks import make_network
from tests.factories.organisations import fresh, make_member
from tests.factories.people import make_administrator, make_person
from tests.factories.trust import make_claim, make_member_of, make_orphan, make_patronage, make_vouch
from tests.support.permissions import Routes, Row, Situation, link

P = Permission
SIGNED_IN = {"owner", "editor", "representative", "coordinator", "other coordinator", "administrator", "registered"}
OVERSEE = {"coordinator", "administrator"}

ROWS = [
    Row(P.SEE_PAGE, "group", {"owner", "editor", "representative", *OVERSEE}),
    Row(P.ASK_SUPPORT, "group", {"owner"}),
    Row(P.ASK_SUPPORT, "organisation", set()),
    Row(P.VOUCH, "group", SIGNED_IN),
    Row(P.WITHDRAW_VOUCH, "vouch", {"voucher"}),
    Row(P.SEE_PATRONAGE, "patronage", {"owner", "patron", "administrator"}),
    Row(P.ACCEPT_PATRONAGE, "patronage", {"patron"}),
    Row(P.END_PATRONAGE, "patronage", {"owner", "patron"}),
    Row(P.SET_END, "group", {"owner"}),
    Row(P.SET_END, "organisation", set()),
    Row(P.ASK_REGISTERING, "group", {"owner"}),
    Row(P.SEE_REGISTERING, "registering", {"owner", "editor", "representative", *OVERSEE}),
    Row(P.DECIDE_REGISTERING, "registering", {"coordinator"}),
    Row(P.CLAIM, "organisation", SIGNED_IN),
    Row(P.SEE_CLAIM, "claim", {"claimant", "owner", *OVERSEE}),
    Row(P.WITHDRAW_CLAIM, "claim", {"claimant"}),
    Row(P.OBJECT, "claim", {"owner"}),
    Row(P.DECIDE_CLAIM, "claim", {"administrator"}),
    Row(P.DECIDE_CLAIM, "claim to what nobody manages", {"administrator"}),
    Row(P.DECIDE_CLAIM, "claim by mail", set()),
    Row(P.RELEASE, "organisation", {"owner"}),
    Row(P.CHECK, "organisation", OVERSEE),
    Row(P.SEE_CASES, "nothing", {"coordinator", "other coordinator", "administrator"}),
]

# Every route and who gets in: everybody, whoever is signed in, the holder of a link, or whoever has the permission.
ROUTES: Routes = {
    "trust.ask_patron": P.ASK_SUPPORT,
    "trust.ask_registering": P.ASK_REGISTERING,
    "trust.ask_to_vouch": P.ASK_SUPPORT,
    "trust.cases": P.SEE_CASES,
    "trust.check": P.CHECK,
    "trust.claim": P.CLAIM,
    "trust.claim_case": P.SEE_CLAIM,
    "trust.decide_claim": P.DECIDE_CLAIM,
    "trust.end_patronage": P.END_PATRONAGE,
    "trust.object_to": P.OBJECT,
    "trust.of_organisation": P.SEE_PAGE,
    "trust.patronage": P.SEE_PATRONAGE,
    "trust.prove": link("trust-claim"),
    "trust.registering": P.SEE_REGISTERING,
    "trust.release": P.RELEASE,
    "trust.set_end": P.SET_END,
    "trust.vouch": link("trust-vouch"),
    "trust.withdraw_claim": P.WITHDRAW_CLAIM,
    "trust.withdraw_vouch": P.WITHDRAW_VOUCH,
}


def situation(state: str) -> Situation:
    """An organisation or a group in a network, with its people, those of the network, and those of another one."""
    owner, coordinator, elsewhere = (
        make_person("Olga Właścicielska"),
        make_person("Koordynacja"),
        make_person("Inna Sieć"),
    )
    network = make_network(coordinators=(coordinator,))
    make_network("Inna sieć", coordinators=(elsewhere,))
    is_group = state in ("group", "vouch", "patronage", "registering")
    form = {"legal_form": "pl-informal"} if is_group else {}
    organisation = make_member_of(network, owner, **form)
    people = {
        "owner": owner, "coordinator": coordinator, "other coordinator": elsewhere,
        "administrator": make_administrator(), "registered": make_person("Ktoś Inny"),
        **{role: make_member(organisation, role) for role in ("editor", "representative")},
    }  # fmt: skip
    obj: object = organisation
    if state == "vouch":
        given = make_vouch(organisation, owner)
        obj = queries.vouch(given.id)
        people["voucher"] = next(person for _vouch, person in queries.vouches_of(organisation.id) if person is not None)
    elif state == "patronage":
        asked, people["patron"] = make_patronage(organisation, owner)
        obj = queries.patronage(asked.id)
    elif state == "registering":
        asked_for = services.ask_registering(organisation, legal_form="pl-assoc", numbers={"krs": "123456"}, by=owner)
        obj = queries.registering(asked_for.id)
    elif state.startswith("claim"):
        people["claimant"] = make_person("Ktoś Nowy")
        alone = state != "claim"
        claimed = make_orphan(("email", "lipa@example.org", "public")) if alone else organisation
        by_mail = {"method": "mail", "address": "lipa@example.org"} if state == "claim by mail" else {}
        obj = queries.claim(make_claim(claimed, people["claimant"], **by_mail).id)
    elif state == "nothing":
        obj = None
    else:
        obj = fresh(organisation)
    if obj is not None and state not in ("vouch", "patronage", "registering") and not state.startswith("claim"):
        db.session.rollback()
    return Situation(obj, people)

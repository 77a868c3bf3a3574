"""Who may do what about trust in a profile. Nobody vouches for, checks or decides on an organisation of their own."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.ground.authz import Rules
from portal.ground.sights import AfterSignIn, Sights
from portal.membership.queries import coordinated_networks, keeps
from portal.organisations.models import Organisation, OrganisationStatus, Role
from portal.organisations.queries import roles_in
from portal.trust import queries
from portal.trust.models import Claim, ClaimMethod, ClaimStatus, Patronage, Registering, Vouch


class Permission(StrEnum):
    SEE_PAGE = "trust:see_page"
    ASK_SUPPORT = "trust:ask_support"
    VOUCH = "trust:vouch"
    WITHDRAW_VOUCH = "trust:withdraw_vouch"
    SEE_PATRONAGE = "trust:see_patronage"
    ACCEPT_PATRONAGE = "trust:accept_patronage"
    END_PATRONAGE = "trust:end_patronage"
    SET_END = "trust:set_end"
    ASK_REGISTERING = "trust:ask_registering"
    SEE_REGISTERING = "trust:see_registering"
    DECIDE_REGISTERING = "trust:decide_registering"
    CLAIM = "trust:claim"
    SEE_CLAIM = "trust:see_claim"
    WITHDRAW_CLAIM = "trust:withdraw_claim"
    OBJECT = "trust:object"
    DECIDE_CLAIM = "trust:decide_claim"
    RELEASE = "trust:release"
    CHECK = "trust:check"
    SEE_CASES = "trust:see_cases"


def may_see_page(person: Person | None, organisation: Organisation) -> bool:
    """Whoever keeps the profile or speaks for it, and whoever oversees it."""
    return keeps(person, organisation.id) or queries.oversees(person, organisation.id)


def may_ask_support(person: Person | None, organisation: Organisation) -> bool:
    return organisation.informal and owns(person, organisation.id)


def may_vouch(person: Person | None, _: Organisation) -> bool:
    """Everybody with an account may open the page; in whose name, says `queries.speaks_for`."""
    return person is not None


def may_withdraw_vouch(person: Person | None, vouch: Vouch) -> bool:
    return person is not None and vouch.person_id == person.id and vouch.ended_at is None


def may_see_patronage(person: Person | None, patronage: Patronage) -> bool:
    return owns(person, patronage.patron_id) or owns(person, patronage.organisation_id) or is_administrator(person)


def may_accept_patronage(person: Person | None, patronage: Patronage) -> bool:
    """Owners of the patron, but none who belongs to the group as well."""
    return owns(person, patronage.patron_id) and not roles_in(person, patronage.organisation_id)


def may_end_patronage(person: Person | None, patronage: Patronage) -> bool:
    either = owns(person, patronage.patron_id) or owns(person, patronage.organisation_id)
    return either and patronage.ended_at is None


def may_see_registering(person: Person | None, asked: Registering) -> bool:
    return keeps(person, asked.organisation_id) or queries.oversees(person, asked.organisation_id)


def may_decide_registering(person: Person | None, asked: Registering) -> bool:
    return queries.is_decider(person, asked.organisation_id)


def may_claim(person: Person | None, organisation: Organisation) -> bool:
    """Everybody with an account who may know of the profile; what stands against it says the service."""
    return person is not None


def may_see_claim(person: Person | None, claim: Claim) -> bool:
    """Whoever asked, those who manage the profile, and those who oversee it."""
    if person is None:
        return False
    own = claim.claimant_id == person.id or owns(person, claim.organisation_id)
    return own or queries.oversees(person, claim.organisation_id)


def may_withdraw_claim(person: Person | None, claim: Claim) -> bool:
    return person is not None and claim.claimant_id == person.id


def may_object(person: Person | None, claim: Claim) -> bool:
    return person is not None and owns(person, claim.organisation_id) and claim.claimant_id != person.id


def may_decide_claim(person: Person | None, claim: Claim) -> bool:
    """Where somebody manages the profile the portal team decides; else whoever oversees it. Never who has a role there,
    and nobody on a claim of their own. A claim by mail is decided by the mail, unless somebody manages the profile."""
    if person is None or claim.claimant_id == person.id:
        return False
    if claim.status == ClaimStatus.WAITING:
        return is_administrator(person) and not roles_in(person, claim.organisation_id)
    return claim.method != ClaimMethod.MAIL and queries.is_decider(person, claim.organisation_id)


def may_check(person: Person | None, organisation: Organisation) -> bool:
    """Coordinators of its networks and the portal team, without a role in it."""
    public = organisation.status == OrganisationStatus.PUBLISHED
    free = person is not None and not roles_in(person, organisation)
    return public and free and queries.oversees(person, organisation.id)


def may_see_cases(person: Person | None, _: object = None) -> bool:
    return bool(coordinated_networks(person)) or is_administrator(person)


def may_release(person: Person | None, organisation: Organisation) -> bool:
    return owns(person, organisation.id)


def owns(person: Person | None, organisation_id: int) -> bool:
    return Role.OWNER in roles_in(person, organisation_id)


RULES: Rules = {
    Permission.SEE_PAGE: may_see_page,
    Permission.ASK_SUPPORT: may_ask_support,
    Permission.VOUCH: may_vouch,
    Permission.WITHDRAW_VOUCH: may_withdraw_vouch,
    Permission.SEE_PATRONAGE: may_see_patronage,
    Permission.ACCEPT_PATRONAGE: may_accept_patronage,
    Permission.END_PATRONAGE: may_end_patronage,
    Permission.SET_END: may_ask_support,
    Permission.ASK_REGISTERING: may_ask_support,
    Permission.SEE_REGISTERING: may_see_registering,
    Permission.DECIDE_REGISTERING: may_decide_registering,
    Permission.CLAIM: may_claim,
    Permission.SEE_CLAIM: may_see_claim,
    Permission.WITHDRAW_CLAIM: may_withdraw_claim,
    Permission.OBJECT: may_object,
    Permission.DECIDE_CLAIM: may_decide_claim,
    Permission.RELEASE: may_release,
    Permission.CHECK: may_check,
    Permission.SEE_CASES: may_see_cases,
}

SIGHTS: Sights = {
    Vouch: AfterSignIn(Permission.WITHDRAW_VOUCH),
    Patronage: AfterSignIn(Permission.SEE_PATRONAGE),
    Registering: AfterSignIn(Permission.SEE_REGISTERING),
    Claim: AfterSignIn(Permission.SEE_CLAIM),
}

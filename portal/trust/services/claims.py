"""Somebody says that a profile is that of their organisation; the same way leads back to a profile that lost its people."""

from portal import mail
from portal.accounts.models import Person
from portal.ground import audit, clock, links
from portal.ground.authz import PORTAL, demand
from portal.ground.batches import each
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.locks import locked
from portal.ground.mailboxes import normal_address
from portal.ground.states import begin, change_state
from portal.organisations.models import Organisation, OrganisationStatus, Role
from portal.organisations.queries import roles_in
from portal.trust import mails, queries
from portal.trust.models import Claim, ClaimMethod, ClaimStatus
from portal.trust.policies import Permission
from portal.trust.services.states import CLAIMS, WHY
from portal.trust.services.telling import tell
from portal.words.i18n import _l

S = ClaimStatus
NOT_THEIRS = _l(
    "This address does not belong to the organisation. Enter its public contact address or one of the domain of its "
    "website, or choose another way."
)
TOLD_ALREADY = _l("An objection has been noted already. The portal team decides.")


def claim(
    organisation: Organisation, *, method: ClaimMethod, address: str = "", evidence: str = "", by: Person
) -> Claim:  # fmt: skip
    """Ask for a profile. A mail proves it at once where nobody manages the profile; where somebody does, they have
    fourteen days to object, and the portal team decides: nothing is ever granted against somebody by itself.

    Raises Refusals, each with what to do instead.
    """
    with transaction() as session:
        current = locked(Organisation, organisation.id)
        demand(Permission.CLAIM, current, by=by)
        _check(current, by)
        _check_proof(current, method, address, evidence)
        row = Claim(organisation=current, claimant_id=by.id, method=method, evidence=evidence.strip())
        if method == ClaimMethod.MAIL:
            row.address = address
        session.add(row)
        session.flush()
        begin(CLAIMS, row, by=by)
        if method == ClaimMethod.MAIL:
            mail.queue(mails.claim_proof(row, by))
        elif method == ClaimMethod.EXPLANATION and queries.owners(current.id):
            _ask_owners(row)
        else:
            _tell_deciders(row)
    return row


def _check(organisation: Organisation, by: Person) -> None:
    held = roles_in(by, organisation)
    if organisation.status not in (OrganisationStatus.PUBLISHED, OrganisationStatus.HIDDEN):
        raise Conflict(_l("This profile is not public. Ask the portal team about it."))
    if Role.OWNER in held:
        raise Refusal(_l("You manage this profile already."))
    if held and queries.owners(organisation.id):
        raise Refusal(_l("You already help with this profile. Ask its people to make you a person who manages it."))
    known = queries.open_claim(organisation.id)
    if known is not None:
        if known.claimant_id == by.id:
            raise Conflict(_l("You have asked for this profile already. The answer comes by e-mail."))
        raise Conflict(
            _l("Somebody else has asked for this profile. Come back when that is decided, or write to the team.")
        )


def _check_proof(organisation: Organisation, method: ClaimMethod, address: str, evidence: str) -> None:
    if method == ClaimMethod.MAIL:
        normal = normal_address(address)
        if normal is None or not queries.proves(organisation, normal):
            raise Refusal(NOT_THEIRS, field="address")
    elif not evidence.strip():
        raise Refusal(_l("Say who you are in the organisation and how that can be checked."), field="evidence")


def prove(row: Claim) -> Claim:
    """Whoever has the link has read the mailbox of the organisation. It works once."""
    with transaction():
        locked(Organisation, row.organisation_id)
        current = locked(Claim, row.id)
        if current.status != S.ASKED or current.method != ClaimMethod.MAIL:
            raise Conflict(CLAIMS.otherwise)
        current.proven_at = clock.now()
        links.revoke(mails.PROOF, f"claim:{current.id}")
        if queries.owners(current.organisation_id):
            _ask_owners(current)
        else:
            change_state(CLAIMS, current, S.GRANTED, by=None)
    return current


def _ask_owners(row: Claim) -> None:
    change_state(CLAIMS, row, S.WAITING, by=PORTAL)
    tell(queries.owners(row.organisation_id), lambda person: mails.claim_to_owner(row, person))


def _tell_deciders(row: Claim) -> None:
    waits = row.status == S.WAITING
    people = queries.team(row.organisation_id) if waits else queries.deciders(row.organisation_id)
    others = [person for person in people if person.id != row.claimant_id]
    tell(others, lambda person: mails.claim_to_decide(row, person))


def object_to(row: Claim, *, reason: str, by: Person) -> None:
    """Say that the profile is in the right hands. The claim stops, and the portal team decides with a reason."""
    with transaction():
        locked(Organisation, row.organisation_id)
        current = locked(Claim, row.id)
        demand(Permission.OBJECT, current, by=by)
        if current.status != S.WAITING:
            raise Conflict(CLAIMS.otherwise)
        if current.objected_at is not None:
            raise Conflict(TOLD_ALREADY)
        if not reason.strip():
            raise Refusal(WHY, field="reason")
        current.objected_at, current.objected_by, current.objection = clock.now(), by.id, reason.strip()
        audit.record("claim.objected", current, actor=by)
        _tell_deciders(current)


def withdraw_claim(row: Claim, *, by: Person) -> None:
    """Take a claim back."""
    with transaction():
        current = locked(Claim, row.id)
        links.revoke(mails.PROOF, f"claim:{current.id}")
        change_state(CLAIMS, current, S.WITHDRAWN, by=by)


def grant(row: Claim, *, reason: str = "", by: Person) -> Claim:
    """Give the profile to the claimant. Where somebody manages it meanwhile, they are asked first: the claim waits."""
    with transaction():
        locked(Organisation, row.organisation_id)
        current = locked(Claim, row.id)
        demand(Permission.DECIDE_CLAIM, current, by=by)
        if current.status == S.ASKED and queries.owners(current.organisation_id):
            _ask_owners(current)
        else:
            change_state(CLAIMS, current, S.GRANTED, by=by, reason=reason)
    return current


def refuse(row: Claim, *, reason: str, by: Person) -> None:
    """Leave the profile as it is, with a reason that the claimant reads."""
    with transaction():
        locked(Organisation, row.organisation_id)
        change_state(CLAIMS, locked(Claim, row.id), S.REFUSED, by=by, reason=reason)


def remind_of_claims() -> int:
    """Tell the portal team of claims to which nobody objected in time; returns how many. Each once."""
    return each("claims", queries.objection_over(), _over)


def _over(number: int) -> int:
    with transaction():
        current = locked(Claim, number)
        if current.due_told or current.status != S.WAITING:
            return 0
        current.due_told = True
        _tell_deciders(current)
        return 1


def withdraw_all(person: Person) -> None:
    """Take back the claims of somebody who leaves (inside a transaction). Of mails that name them no words stay."""
    mail.withdraw([mails.proof_key(row) for row in queries.claims_by(person.id, open_only=False)])
    for row in queries.claims_by(person.id):
        change_state(CLAIMS, locked(Claim, row.id), S.WITHDRAWN, by=person)

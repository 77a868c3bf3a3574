"""Proposing that an organisation has ended: its people answer, or else the portal team closes it."""

from portal import mail
from portal.accounts.models import Person
from portal.freshness import mails
from portal.freshness.models import Proposal
from portal.freshness.policies import Permission
from portal.ground import audit, clock
from portal.ground.authz import demand
from portal.ground.db import transaction
from portal.ground.errors import Refusal
from portal.ground.locks import locked
from portal.organisations import queries as organisations
from portal.organisations.models import Organisation
from portal.words.i18n import _l

MISSING = _l("Say how you know, in a sentence or two.")


def propose_closing(organisation: Organisation, *, reason: str, by: Person) -> None:
    """Tell whoever manages it, and the portal team, that an organisation seems to have ended. Nothing changes by itself."""
    said = reason.strip()
    if not said:
        raise Refusal(MISSING, field="reason")
    with transaction() as session:
        current = locked(Organisation, organisation.id)
        demand(Permission.PROPOSE_CLOSING, current, by=by)
        proposal = session.get(Proposal, current.id, populate_existing=True) or Proposal(organisation_id=current.id)
        proposal.proposed_by, proposal.proposed_at, proposal.reason = by.id, clock.now(), said
        session.add(proposal)
        audit.record("organisation.closing_proposed", current, detail={"reason": said}, actor=by)
        for person in organisations.owners_of(current):
            if person.email:
                mail.queue(mails.closing_proposed(current, said, person, proposal.proposed_at))

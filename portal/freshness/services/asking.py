"""The calendar of confirmation: every profile takes its newest step once, whenever the job runs."""

import sqlalchemy as sa

from portal import mail
from portal.accounts.models import Person
from portal.freshness import mails, queries
from portal.freshness.models import Proposal, Request, Silence, Step
from portal.freshness.steps import step_owed
from portal.ground import clock
from portal.ground.batches import each
from portal.ground.db import transaction
from portal.ground.locks import locked_if_there
from portal.organisations import services as organisations
from portal.organisations.models import Organisation, OrganisationStatus


def ask_all() -> int:
    """Take the step that is owed to each profile; returns how many there were. Whatever was missed is not made up for: who
    is asked after a long time gets one mail, and not one for each step."""
    return each("confirmations", queries.due(clock.now()), _ask)


def _ask(number: int) -> int:
    with transaction() as session:
        organisation = locked_if_there(Organisation, number)
        if organisation is None or organisation.status != OrganisationStatus.PUBLISHED:
            return 0
        since, now = organisation.confirmed_at, clock.now()
        step = step_owed(since, now) if since is not None else None
        silence = session.get(Silence, number, populate_existing=True)
        is_same = silence is not None and silence.confirmed_at == since
        if since is None or step is None or (silence is not None and is_same and silence.step >= step):
            return 0
        if step == Step.DORMANT:
            organisations.let_sleep(organisation)
        people = queries.can_be_asked(number)
        for person in people:
            _write_to(person, organisation, step)
        waits = silence.task_since if silence is not None and is_same else None
        if not people or step == Step.DORMANT:
            waits = waits or now
        row = silence or Silence(organisation_id=number)
        row.confirmed_at, row.step, row.step_at, row.task_since = since, step, now, waits
        session.add(row)
    return 1


def _write_to(person: Person, organisation: Organisation, step: Step) -> None:
    with transaction() as session:
        mine = sa.select(Request).where(Request.organisation_id == organisation.id, Request.person_id == person.id)
        request = session.scalar(mine) or Request(organisation_id=organisation.id, person_id=person.id)
        assert organisation.confirmed_at is not None
        request.confirmed_at, request.step, request.asked_at = organisation.confirmed_at, step, clock.now()
        session.add(request)
        session.flush()
        mail.queue(mails.asked(request, organisation, person))


def hand_over(*, gone_id: int, kept_id: int) -> None:
    """Two people are one: what only one of them was asked is the other's; a link of a profile that both were asked about
    leads nowhere any more."""
    with transaction() as session:
        both = sa.select(Request.organisation_id).where(Request.person_id == kept_id)
        session.execute(
            sa.delete(Request).where(Request.person_id == gone_id, Request.organisation_id.in_(both)),
            execution_options={"synchronize_session": False},
        )
        session.execute(sa.update(Request).where(Request.person_id == gone_id).values(person_id=kept_id))
        session.execute(sa.update(Proposal).where(Proposal.proposed_by == gone_id).values(proposed_by=kept_id))

"""Two vouches or a patron stand behind an informal group: asked for, given, withdrawn."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa

from portal import mail
from portal.accounts.models import Person
from portal.accounts.queries import person_by_email
from portal.ground import audit, clock, links
from portal.ground.authz import demand
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal, TooMany
from portal.ground.locks import locked
from portal.ground.mailboxes import mailbox_key
from portal.ground.statements import changed_rows
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.queries import by_number, by_slug, roles_in
from portal.trust import mails, queries
from portal.trust.models import Lack, Patronage, Vouch, VouchRequest
from portal.trust.policies import Permission
from portal.trust.services.shortages import look_at
from portal.trust.services.telling import tell
from portal.words.i18n import _l

DAY = dt.timedelta(days=1)
MANY = 10  # requests of one person in a day
REQUESTS_KEPT = dt.timedelta(days=30)
MISSING = _l(
    "A group is published once two people of two member organisations vouch for it, or a patron organisation accepts. "
    "Ask them on the page “Trust in the profile”."
)
WHY = _l("Say why, in a sentence or two.")
ONE_OF_US = _l(
    "This person belongs to the group. Ask somebody of another organisation, who knows the group from outside."
)
OWN = _l("You belong to this group. People of other organisations vouch for it.")
NO_VOICE = _l(
    "Only somebody who manages or represents a published, registered member organisation of a network can vouch. "
    "Send the link to such a person."
)
PATRON = _l("Enter the address of the profile of a published, registered organisation, as the browser shows it.")


def check_support(organisation_id: int) -> None:
    """Refuse the publication of a group behind which nobody stands."""
    organisation = by_number(organisation_id)
    if organisation is not None and organisation.informal and not queries.has_support(organisation_id):
        raise Refusal(MISSING)


def ask_to_vouch(organisation: Organisation, *, email: str, language: str, by: Person) -> VouchRequest:
    """Ask somebody by mail to vouch for a group, in `language` unless the portal knows theirs.

    Raises TooMany when somebody asks more than MANY times a day.
    """
    with transaction() as session:
        current = locked(Organisation, organisation.id)
        demand(Permission.ASK_SUPPORT, current, by=by)
        asker = locked(Person, by.id)
        if queries.requests_since(asker.id, clock.now() - DAY) >= MANY:
            raise TooMany(minutes=12 * 60)
        key = mailbox_key(email)
        if any(one.email == key for one in queries.requests_of(current.id)):
            raise Refusal(_l("This person was asked already. The link in that message is still valid."), field="email")
        asked = person_by_email(email)
        if asked is not None and roles_in(asked, current):
            raise Refusal(ONE_OF_US, field="email")
        request = VouchRequest(organisation_id=current.id, address=email, asked_by=asker.id)
        session.add(request)
        session.flush()
        mail.queue(mails.vouch_asked(request, current, asker, asked, language))
        audit.record("trust.vouch_asked", current, detail={"request": request.id}, actor=by)
    return request


def vouch(request: VouchRequest, *, via_id: int, by: Person) -> Vouch:
    """Vouch for the group of a request, in the name of an organisation. The request is answered, its link is dead."""
    with transaction() as session:
        current = locked(VouchRequest, request.id)
        group = locked(Organisation, current.organisation_id)
        demand(Permission.VOUCH, group, by=by)
        if current.answered_at is not None:
            raise Conflict(_l("This request has been answered already."))
        _check_voucher(group, via_id, by)
        made = Vouch(organisation_id=group.id, via_id=via_id, person_id=by.id)
        session.add(made)
        current.answered_at = clock.now()
        links.revoke(mails.VOUCH, f"vouch-request:{current.id}")
        session.flush()
        look_at(group)
        audit.record("trust.vouched", group, detail={"via": via_id}, actor=by)
        tell(queries.owners(group.id), lambda owner: mails.vouched(made, group, owner))
    return made


def _check_voucher(group: Organisation, via_id: int, by: Person) -> None:
    if not group.informal:
        raise Conflict(_l("This group is a registered organisation now. It needs no vouches."))
    if roles_in(by, group):
        raise Refusal(OWN)
    if via_id not in {one.id for one in queries.speaks_for(by)}:
        own = by_number(via_id)
        if own is not None and own.informal and roles_in(by, own):
            raise Refusal(
                _l("An informal group cannot vouch for another one. Choose a registered organisation."), field="via"
            )
        raise Refusal(NO_VOICE, field="via")
    for known, person in queries.vouches_of(group.id):
        if person is not None and person.id == by.id:
            raise Conflict(_l("You vouch for this group already."))
        if known.via_id == via_id:
            raise Conflict(
                _l(
                    "Somebody vouches in the name of this organisation already. The second vouch comes from another one."
                ),
                field="via",
            )


def withdraw_vouch(given: Vouch, *, reason: str, by: Person) -> None:
    """Take a vouch back, for a reason that the group reads. When it lacks support now, its sixty days begin."""
    with transaction():
        group = locked(Organisation, given.organisation_id)
        current = locked(Vouch, given.id)
        demand(Permission.WITHDRAW_VOUCH, current, by=by)
        if not reason.strip():
            raise Refusal(WHY, field="reason")
        current.ended_at, current.reason = clock.now(), reason.strip()
        _lost(group)
        audit.record("trust.vouch_withdrawn", group, detail={"via": current.via_id}, actor=by)
        via = by_number(current.via_id)
        assert via is not None
        tell(queries.owners(group.id), lambda owner: mails.vouch_withdrawn(current, group, via, owner))


def ask_patron(organisation: Organisation, *, patron: str, by: Person) -> Patronage:
    """Ask an organisation, by the address of its profile, to be the patron of a group; its owners are told."""
    with transaction() as session:
        group = locked(Organisation, organisation.id)
        demand(Permission.ASK_SUPPORT, group, by=by)
        asked = _patron(patron, group)
        if any(one.patron_id == asked.id for one in queries.patronages_of(group.id)):
            raise Conflict(_l("This organisation is the patron already, or was asked."), field="patron")
        made = Patronage(organisation_id=group.id, patron_id=asked.id, asked_by=by.id)
        session.add(made)
        session.flush()
        audit.record("trust.patron_asked", group, detail={"patron": asked.id}, actor=by)
        tell(queries.owners(asked.id), lambda owner: mails.patron_asked(made, group, asked, owner))
    return made


def _patron(typed: str, group: Organisation) -> Organisation:
    """The organisation at an address that was copied, with or without what stands before and behind its own word."""
    slug = typed.strip()[:300].split("?")[0].split("#")[0].rstrip("/").rpartition("/")[2]
    found = by_slug(slug) if slug else None
    if found is None or found.status != OrganisationStatus.PUBLISHED or found.informal:
        raise Refusal(PATRON, field="patron")
    if found.id == group.id:
        raise Refusal(_l("A group is not its own patron. Ask a registered organisation."), field="patron")
    return found


def accept_patronage(asked: Patronage, *, by: Person) -> None:
    """Be the patron of a group from now on, in public."""
    with transaction():
        group = locked(Organisation, asked.organisation_id)
        current = locked(Patronage, asked.id)
        if current.ended_at is not None or current.accepted_at is not None:
            raise Conflict(_l("This request has been answered already."))
        if roles_in(by, group):
            raise Refusal(_l("You belong to this group too. Another owner of the patron answers."))
        demand(Permission.ACCEPT_PATRONAGE, current, by=by)
        current.accepted_at, current.accepted_by = clock.now(), by.id
        look_at(group)
        audit.record("trust.patronage_accepted", group, detail={"patron": current.patron_id}, actor=by)
        _tell_of_patronage(current, group, queries.owners(group.id))


def end_patronage(asked: Patronage, *, reason: str = "", by: Person) -> None:
    """Refuse a request or end a patronage; the other side is told why. Either side may."""
    with transaction():
        group = locked(Organisation, asked.organisation_id)
        current = locked(Patronage, asked.id)
        demand(Permission.END_PATRONAGE, current, by=by)
        if not reason.strip():
            raise Refusal(WHY, field="reason")
        current.ended_at, current.ended_by, current.reason = clock.now(), by.id, reason.strip()
        if current.accepted_at is not None:
            _lost(group)
        audit.record("trust.patronage_ended", group, detail={"patron": current.patron_id}, actor=by)
        both = {one.id: one for one in (*queries.owners(group.id), *queries.owners(current.patron_id))}
        _tell_of_patronage(current, group, [one for one in both.values() if one.id != by.id])


def _tell_of_patronage(current: Patronage, group: Organisation, people: Sequence[Person]) -> None:
    patron = by_number(current.patron_id)
    assert patron is not None
    tell(people, lambda person: mails.patronage_changed(current, group, patron, person))


def _lost(group: Organisation) -> None:
    if group.status == OrganisationStatus.PUBLISHED:
        look_at(group, notice=frozenset({Lack.SUPPORT}))


def leave_all(person: Person) -> None:
    """End the vouches of somebody who leaves (inside a transaction). Of mails that name who asked no words stay."""
    mail.withdraw([mails.request_key(sent) for sent in queries.requests_by(person.id)])
    for given in queries.vouches_by(person.id):
        current = locked(Vouch, given.id)
        current.ended_at = clock.now()


def remove_old_requests() -> int:
    """Delete requests to vouch after their time, answered or not; returns how many."""
    with transaction() as session:
        old = VouchRequest.asked_at < clock.now() - REQUESTS_KEPT
        return changed_rows(session, sa.delete(VouchRequest).where(old))

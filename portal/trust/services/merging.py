"""When two profiles become one: who stands behind the lost one stands behind the kept one, and what waits there ends."""

from collections.abc import Hashable, Iterator, Mapping

import sqlalchemy as sa

from portal.ground import clock, links
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.ground.locks import locked
from portal.ground.states import change_state
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.queries import people_of
from portal.trust import mails, queries
from portal.trust.models import Claim, ClaimStatus, Lack, Patronage, Registering, Vouch, VouchRequest
from portal.trust.services.shortages import look_at
from portal.trust.services.states import CLAIMS, MERGE

Behind = Vouch | Patronage
_SPEAKER: Mapping[type[Vouch] | type[Patronage], str] = {Vouch: "via_id", Patronage: "patron_id"}  # who stands behind


def follow_merge(lost_id: int, kept_id: int) -> None:
    """Hand over vouches, patrons and requests (inside the transaction that holds both profiles).

    Of two that say the same one ends; so does what an organisation would say of itself, and what an informal group would
    say of another. What was claimed or checked is about the lost profile and stays there: an open claim is refused, and
    whoever claims is told why.
    """
    kept, lost = locked(Organisation, kept_id), locked(Organisation, lost_id)
    _hand_over_requests(lost_id, kept_id)
    for model in _SPEAKER:
        _hand_over(model, lost, kept)
    _end_waiting(lost_id)
    is_public = kept.status == OrganisationStatus.PUBLISHED
    look_at(kept, notice=frozenset({Lack.SUPPORT}) if is_public else frozenset())
    look_at(lost)


def going_over(lost_id: int) -> int:
    """How many vouches and patronages that count or wait `follow_merge` would hand over. Reads only."""
    count = 0
    for model, speaker in _SPEAKER.items():
        theirs = sa.or_(model.organisation_id == lost_id, getattr(model, speaker) == lost_id)
        count += db.session.scalar(sa.select(sa.func.count(model.id)).where(theirs, model.ended_at.is_(None))) or 0
    return count


def _hand_over_requests(lost_id: int, kept_id: int) -> None:
    """Their links stay good. Whoever was asked for both answers once."""
    asked = {one.email for one in queries.requests_of(kept_id)}
    for request in queries.requests_of(lost_id):
        if request.email in asked:
            locked(VouchRequest, request.id).answered_at = clock.now()
            links.revoke(mails.VOUCH, f"vouch-request:{request.id}")
    db.session.flush()
    theirs = sa.update(VouchRequest).where(VouchRequest.organisation_id == lost_id)
    db.session.execute(theirs.values(organisation_id=kept_id))


def _hand_over(model: type[Vouch] | type[Patronage], lost: Organisation, kept: Organisation) -> None:
    speaker = _SPEAKER[model]
    both = (lost.id, kept.id)
    rows: list[Behind] = [
        *db.session.scalars(
            sa.select(model)
            .where(sa.or_(model.organisation_id.in_(both), getattr(model, speaker).in_(both)))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ]
    own = {person.id for _role, person in people_of(kept)}
    has_voice = kept.status == OrganisationStatus.PUBLISHED and not kept.informal
    known: set[Hashable] = set()
    moved: list[tuple[Behind, int, int]] = []
    for row in sorted(rows, key=lambda row: (isinstance(row, Patronage) and row.accepted_at is None, row.id)):
        group, voice = (kept.id if one == lost.id else one for one in (row.organisation_id, getattr(row, speaker)))
        said = {*_said(row, group, voice)}
        is_mute = voice == kept.id and not has_voice
        is_own = isinstance(row, Vouch) and group == kept.id and row.person_id in own
        if row.ended_at is None and (group == voice or is_mute or is_own or said & known):
            row.ended_at = clock.now()
        if row.ended_at is None:
            known |= said
        if group != voice:
            moved.append((row, group, voice))
    db.session.flush()  # no two that say the same are there at any moment
    for row, group, voice in moved:
        row.organisation_id = group
        setattr(row, speaker, voice)
    db.session.flush()


def _said(row: Behind, group: int, voice: int) -> Iterator[Hashable]:
    """What may be said once of a group: by an organisation, and by a person."""
    yield (group, "organisation", voice)
    if isinstance(row, Vouch) and row.person_id is not None:
        yield (group, "person", row.person_id)


def _end_waiting(lost_id: int) -> None:
    claim, asked = queries.open_claim(lost_id), queries.open_registering(lost_id)
    if claim is not None:
        links.revoke(mails.PROOF, f"claim:{claim.id}")
        change_state(CLAIMS, locked(Claim, claim.id), ClaimStatus.REFUSED, by=PORTAL, side=MERGE)
    if asked is not None:
        locked(Registering, asked.id).decided_at = clock.now()

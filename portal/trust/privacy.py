"""What this feature holds about people: who vouched, asked, claimed, decided and checked."""

import sqlalchemy as sa

from portal.accounts.queries import person_by_id
from portal.privacy import Fate, Holding, Part, Subject, by_address, by_number
from portal.trust import services
from portal.trust.models import Claim, Patronage, Registering, Verification, Vouch, VouchRequest
from portal.words.i18n import _l, _ln


def _live(subject: Subject) -> sa.ColumnElement[bool]:
    """A vouch that counts."""
    return sa.and_(Vouch.person_id == subject.person_id, Vouch.ended_at.is_(None))


def _leave(subject: Subject) -> None:
    person = person_by_id(subject.person_id)
    assert person is not None
    services.leave_all(person)
    services.withdraw_all(person)


PART = Part(
    holdings=(
        Holding(
            VouchRequest,
            _l("Requests to vouch for a group: received or sent."),
            (by_address(VouchRequest.email, Fate.GONE), by_number(VouchRequest.asked_by, Fate.UNNAMED)),
            links="vouch-request",
        ),
        Holding(
            Vouch,
            _l("Vouches for groups, given or withdrawn."),
            (by_number(Vouch.person_id, Fate.UNNAMED),),
            live=_live,
        ),
        Holding(
            Patronage,
            _l("Patronages of groups: asked for, accepted or ended."),
            tuple(
                by_number(column, Fate.UNNAMED)
                for column in (Patronage.asked_by, Patronage.accepted_by, Patronage.ended_by)
            ),
        ),
        Holding(
            Registering,
            _l("Requests of groups that are registered now: sent or decided."),
            (by_number(Registering.asked_by, Fate.UNNAMED), by_number(Registering.decided_by, Fate.UNNAMED)),
        ),
        Holding(
            Claim,
            _l("Claims to profiles: made, objected to or decided."),
            (
                by_address(Claim.email, Fate.UNNAMED),
                *(
                    by_number(column, Fate.UNNAMED)
                    for column in (Claim.claimant_id, Claim.objected_by, Claim.decided_by)
                ),
            ),
            blank=("email", "typed_email", "evidence"),
            links="claim",
        ),
        Holding(
            Verification,
            _l("Facts about organisations that were checked by hand."),
            (by_number(Verification.checked_by, Fate.UNNAMED),),
        ),
    ),
    leave=_leave,
    kept=(
        _ln(
            "A request to vouch for a group is deleted %(n)s day after it was sent.",
            "A request to vouch for a group is deleted %(n)s days after it was sent.",
            services.REQUESTS_KEPT.days,
        ),
    ),
)

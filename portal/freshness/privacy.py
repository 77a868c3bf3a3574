"""What freshness holds about people: who was asked to confirm a profile, and who proposed to close one."""

from portal.freshness.models import Proposal, Request
from portal.privacy import Fate, Holding, Part, by_number
from portal.words.i18n import _l

PART = Part(
    holdings=(
        Holding(
            Request,
            _l("Questions whether a profile is right, asked by e-mail: the last one for each profile."),
            (by_number(Request.person_id, Fate.GONE),),
            links="confirmation",
        ),
        Holding(
            Proposal,
            _l("Proposals to close the profile of an organisation that seems to have ended."),
            (by_number(Proposal.proposed_by, Fate.UNNAMED),),
        ),
    ),
    kept=(_l("Whom the portal last asked to confirm a profile is kept as long as the profile and the account."),),
)

"""Why two profiles cannot become one. No database."""

from portal.ground.sentences import Sentence
from portal.merging.queries import Pair
from portal.organisations.models import OrganisationStatus
from portal.words.i18n import _l

S = OrganisationStatus
_HOW_PUBLIC = (S.DRAFT, S.HIDDEN, S.PUBLISHED)

SAME = _l("This is the same profile. Choose another one.")
GONE = _l("One of the two has already been merged into another profile. Nothing else happens to it.")
SUSPENDED = _l("The portal team has suspended one of the two. It can be merged once it is published again.")
PENDING = _l("One of the two awaits review. Wait for the decision, or withdraw the request for publication first.")
COUNTRIES = _l("The two are in different countries, so they are not one organisation.")
LESS_PUBLIC = _l("The profile that goes is more public than the one that stays. Let the public one stay.")


def obstacle(pair: Pair) -> Sentence | None:
    """Why these two cannot become one as they are, or None."""
    kept, lost = pair.kept, pair.lost
    if kept.id == lost.id:
        return SAME
    for state, sentence in ((S.MERGED, GONE), (S.SUSPENDED, SUSPENDED), (S.PENDING, PENDING)):
        if state in (kept.status, lost.status):
            return sentence
    if kept.country != lost.country:
        return COUNTRIES
    if _HOW_PUBLIC.index(S(kept.status)) < _HOW_PUBLIC.index(S(lost.status)):
        return LESS_PUBLIC
    return None

"""What requests to merge hold about people: who asked, and who answered."""

from portal.merging.models import MergeRequest
from portal.privacy import Fate, Holding, Part, by_number
from portal.words.i18n import _l

PART = Part(
    holdings=(
        Holding(
            MergeRequest,
            _l("Requests to merge two profiles of one organisation: asked or answered."),
            (by_number(MergeRequest.requested_by, Fate.UNNAMED), by_number(MergeRequest.decided_by, Fate.UNNAMED)),
        ),
    ),
)

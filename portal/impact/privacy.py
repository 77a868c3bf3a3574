"""What this feature holds about people: who froze a report."""

from portal.impact.models import Report
from portal.privacy import Fate, Holding, Part, by_number
from portal.words.i18n import _l

PART = Part(
    holdings=(
        Holding(Report, _l("Reports about projects that were frozen."), (by_number(Report.frozen_by, Fate.UNNAMED),)),
    ),
)

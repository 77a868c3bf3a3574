"""What this feature holds about people: who wrote down and who confirmed what a project did."""

from portal.privacy import Fate, Holding, Part, by_number
from portal.projects.models import Record
from portal.words.i18n import _l

PART = Part(
    holdings=(
        Holding(
            Record,
            _l("Records of what projects did: written down or confirmed."),
            tuple(by_number(column, Fate.UNNAMED) for column in (Record.written_by, Record.confirmed_by)),
        ),
    ),
)

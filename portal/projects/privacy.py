"""What this feature holds about people: who wrote down and confirmed what a project did, and who advised."""

from portal.privacy import Fate, Holding, Part, by_number
from portal.projects import services
from portal.projects.models import Record
from portal.words.i18n import _l

NAMED = (Record.written_by, Record.confirmed_by, Record.advised_by)

PART = Part(
    holdings=(
        Holding(
            Record,
            _l("Records of what projects did: advised, written down or confirmed."),
            tuple(by_number(column, Fate.UNNAMED) for column in NAMED),
        ),
    ),
    leave=lambda subject: services.forget_adviser(subject.person_id),
)

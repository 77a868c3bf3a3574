"""What saved searches hold about people: which mailbox keeps which search."""

import sqlalchemy as sa

from portal.privacy import Condition, Farewell, Fate, Holding, Note, Part, Subject, Trace, by_address
from portal.saved import queries
from portal.saved.mails import UNCONFIRMED
from portal.saved.models import Reader, SavedSearch
from portal.words.i18n import _l, _ln


def _theirs(subject: Subject) -> Condition:
    return SavedSearch.reader_id.in_(sa.select(Reader.id).where(Reader.email.in_(subject.addresses)))


def _farewell(subject: Subject) -> Farewell:
    readers = [queries.reader_by_email(address) for address in subject.addresses]
    if any(reader is not None and queries.of_reader(reader.id) for reader in readers):
        return Farewell([Note(_l("Saved searches are deleted, and no more messages about them come."))])
    return Farewell()


PART = Part(
    holdings=(
        Holding(
            SavedSearch,
            _l("Saved searches: what is looked for, how often messages come, which organisations were told."),
            (Trace((SavedSearch.reader_id,), _theirs, Fate.GONE),),
        ),
        Holding(
            Reader,
            _l("Addresses that searches are kept for."),
            (by_address(Reader.email, Fate.GONE),),
            links="search-reader",
        ),
    ),
    farewell=_farewell,
    kept=(
        _l("A saved search is kept until its owner ends it."),
        _ln(
            "A search that was kept for an address and that nobody confirms is deleted after %(n)s day.",
            "A search that was kept for an address and that nobody confirms is deleted after %(n)s days.",
            UNCONFIRMED.days,
        ),
    ),
)

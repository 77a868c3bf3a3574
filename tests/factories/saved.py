"""Saved searches for tests, made through the services."""

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.ground.bitmaps import numbers_of, unpacked
from portal.ground.db import db
from portal.mail import Frequency
from portal.saved import queries, services
from portal.saved.models import Reader, SavedSearch
from portal.saved.searches import Search


def searching(query: str = "", **chosen: str) -> Search:
    """`searching("dzieci", region="PL-10 PL-14")`."""
    return Search.of(query, {name: codes.split() for name, codes in chosen.items()})


def keep(
    person: Person, search: Search | None = None, *, frequency: str = Frequency.IMMEDIATE, locale: str = "pl"
) -> SavedSearch:
    """A search that a person keeps; without one, of everything in a region."""
    wanted = search or searching(region="PL-10")
    return again(services.keep(wanted, frequency=frequency, locale=locale, by=person).id)


def ask(email: str = "ewa@example.net", search: Search | None = None, *, frequency: str = "weekly") -> SavedSearch:
    """A search that waits until the owner of an address confirms it, in Bulgarian."""
    wanted = search or searching(region="PL-10")
    services.ask(wanted, email=email, frequency=frequency, locale="bg")
    reader = queries.reader_by_email(email)
    assert reader is not None
    saved = queries.kept_alike(reader.id, wanted.digest)
    assert saved is not None
    return again(saved.id)


def again(number: int) -> SavedSearch:
    """The search as it stands in the database now."""
    db.session.rollback()
    found = queries.saved_by_number(number)
    assert found is not None
    return found


def told(saved: SavedSearch) -> set[int]:
    """The numbers of what it has told or knew when it was kept."""
    db.session.rollback()
    stored = db.session.scalars(sa.select(SavedSearch.told).where(SavedSearch.id == saved.id)).one()
    return set(numbers_of(unpacked(stored)))


def reader_of(saved: SavedSearch) -> Reader:
    """Whose it is, as it stands now."""
    return again(saved.id).reader


def counted() -> tuple[int, int]:
    """How many searches and how many readers there are."""
    db.session.rollback()
    first, second = (
        db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0 for model in (SavedSearch, Reader)
    )
    return first, second

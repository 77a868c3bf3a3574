"""The mails of saved searches. They go to a mailbox; where somebody has an account, in the language of the account."""

import datetime as dt
from collections.abc import Sequence

from portal import mail
from portal.accounts.models import Person
from portal.mail import Kind, Link, Message
from portal.saved.models import Reader, SavedSearch
from portal.saved.queries.news import First
from portal.saved.searches import Search
from portal.saved.words import in_all_languages

READER = "saved-searches"  # the purpose of links to the page of a reader
UNCONFIRMED = dt.timedelta(days=7)  # so long a search waits for whoever reads the mail
FORM = "Keep this search"  # the heading of the form, as a message of the catalogue


def confirm(saved: SavedSearch, reader: Reader) -> Message:
    """Is this address yours? Nothing else is sent before its owner says so."""
    return Message(
        template="saved/mail/confirm",
        kind=Kind.ACCOUNT,
        to=reader.address,
        lang=saved.locale,
        dedupe_key=confirm_key(saved.id),
        context={"filters": in_all_languages(Search.read(saved.filters)), "days": UNCONFIRMED.days},
        links={"searches": link(reader, UNCONFIRMED)},
        form=FORM,
        asks_address=True,
    )


def known(saved: SavedSearch, reader: Reader, moment: dt.datetime) -> Message:
    """This search is kept for the address already: where it can be changed."""
    return Message(
        template="saved/mail/known",
        kind=Kind.ACCOUNT,
        to=reader.address,
        lang=saved.locale,
        dedupe_key=f"saved-search-known:{saved.id}:{int(moment.timestamp())}",
        context={"filters": in_all_languages(Search.read(saved.filters))},
        links={"searches": link(reader, UNCONFIRMED)},
        form=FORM,
        asks_address=True,
    )


def found(saved: SavedSearch, reader: Reader, person: Person | None, first: Sequence[First], number: int) -> Message:
    """So many organisations are new in a search: the first of them with their pages, and how many more there are."""
    search = Search.read(saved.filters)
    return Message(
        template="saved/mail/found",
        kind=Kind.SAVED_SEARCH,
        to=reader.address,
        lang=saved.locale,
        dedupe_key=_letter_key(saved.id, saved.letters),
        context={
            "filters": in_all_languages(search), "number": number, "weekly": saved.frequency == "weekly",
            "organisations": [{"name": one.name, "town": one.town, "link": f"at_{one.id}"} for one in first],
        },
        links={
            **{f"at_{one.id}": Link("organisations.show", {"slug": one.slug}) for one in first},
            "directory": Link("organisations.index", search.values),
            "searches": link(reader, mail.KEPT if person else mail.STRANGERS_KEPT * 6),
        },
        person_id=person.id if person else None,
    )  # fmt: skip


def confirm_key(number: int) -> str:
    return f"saved-search-confirm:{number}"


def letter_keys(saved: SavedSearch) -> list[str]:
    """Of its latest mails, which may wait still."""
    return [_letter_key(saved.id, number) for number in range(max(1, saved.letters - 9), saved.letters + 1)]


def _letter_key(number: int, letter: int) -> str:
    return f"saved-search:{number}:{letter}"


def subject(reader_id: int) -> str:
    """What links to the page of a reader are for."""
    return f"search-reader:{reader_id}"


def link(reader: Reader, lifetime: dt.timedelta) -> Link:
    return Link("saved.by_link", purpose=READER, subject=subject(reader.id), lifetime=lifetime)

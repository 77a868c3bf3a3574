"""People on a profile: named by its owners, shown by their own consent alone, for two years at a time."""

import datetime as dt
from collections.abc import Sequence

from portal import mail
from portal.accounts.facts import AddressChanged
from portal.accounts.models import Person
from portal.accounts.queries import person_by_email
from portal.ground import audit, clock, links
from portal.ground.authz import Portal, demand
from portal.ground.batches import each
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal, Refusals
from portal.ground.locks import locked, locked_if_there
from portal.ground.mailboxes import mailbox_key
from portal.organisations import mails, queries
from portal.organisations.models import ListedKind, ListedPerson, Organisation
from portal.organisations.policies import Permission
from portal.privacy.consents import hash_of
from portal.words.i18n import Localized, _l, current_language

LISTED = mails.LISTED  # the purpose of the links
LISTED_WAITS = mails.LISTED_WAITS
MOST_WAITING = 5  # who were asked and have not answered
YEARS = 2
BEFORE = dt.timedelta(days=30)  # the end, when the person is asked again
ENDED_KEPT = dt.timedelta(days=90)  # how long owners still see that an entry has ended
# What somebody agrees to. Other words are another version; a test keeps both together.
LISTED_WORDS = (1, _l("The page of the organisation may show my name and what I do there, for two years at most."))
GONE = _l("This entry is not there any more. Nothing has changed.")


def list_person(
    organisation: Organisation,
    *,
    by: Person,
    kind: str,
    name: str,
    work: str,
    email: str,
    is_public: bool,
    language: str,
) -> ListedPerson:
    """Ask somebody by mail whether the profile may show them, in their language where the portal knows it.

    Nobody sees the entry but the owners of the profile until the answer is yes.
    """
    key = mailbox_key(email)
    with transaction() as session:
        current = locked(Organisation, organisation.id)
        demand(Permission.MANAGE_PEOPLE, current, by=by)
        _check(queries.listed_of(current), kind, key)
        known = person_by_email(email)
        entry = ListedPerson(
            organisation_id=current.id, kind=kind, name=name, address=email, is_public=is_public,
            work=Localized.of(current.name.original, work) if work else None,
            locale=known.locale if known else language, person_id=known.id if known else None,
        )  # fmt: skip
        session.add(entry)
        session.flush()
        mail.queue(mails.listed(entry, current, entry.locale))
        audit.record("organisation.person_asked", current, detail={"entry": entry.id}, actor=by)
    return entry


def _check(entries: Sequence[ListedPerson], kind: str, key: str) -> None:
    faults = []
    if kind not in tuple(ListedKind):
        faults.append(Refusal(_l("Choose one of the answers."), field="kind"))
    if any(one.email == key for one in entries):
        faults.append(Refusal(_l("This address stands in the list already."), field="email"))
    if len(entries) >= queries.MOST_LISTED:
        faults.append(Refusal(_l("A profile shows at most twenty people. Take somebody off first.")))
    if len([one for one in entries if one.confirmed_at is None]) >= MOST_WAITING:
        faults.append(Refusal(_l("Five people have not answered yet. Wait for an answer, or take somebody off.")))
    if faults:
        raise Refusals(faults)


def confirm_listed(entry: ListedPerson) -> None:
    """Whoever holds the link agrees, in the language of the moment: for two years from now. Raises Conflict when it is gone."""
    with transaction():
        current = _there(entry.id)
        known = person_by_email(current.email)
        version, words = LISTED_WORDS
        current.confirmed_at, current.confirmed_until = clock.now(), two_years_after(clock.now())
        current.consent_version, current.consent_lang = version, current_language()
        current.consent_hash, current.reminded_at = hash_of(str(words)), None
        current.person_id = known.id if known else None
        organisation = locked(Organisation, current.organisation_id)
        audit.record("organisation.person_agreed", organisation, detail={"entry": current.id}, actor=known)


def two_years_after(moment: dt.datetime) -> dt.datetime:
    """The same day two years later; for the 29th of February the day before."""
    last = 28 if (moment.month, moment.day) == (2, 29) else moment.day
    return moment.replace(year=moment.year + YEARS, day=last)


def take_off(entry: ListedPerson) -> None:
    """Whoever holds the link does not want to stand there (any more): the entry is deleted, at once."""
    with transaction():
        current = _there(entry.id)
        organisation = locked(Organisation, current.organisation_id)
        audit.record("organisation.person_left", organisation, detail={"entry": current.id}, actor=None)
        _delete(current)


def unlist(entry: ListedPerson, *, by: Person | Portal) -> None:
    """An owner takes somebody off the profile."""
    with transaction():
        current = _there(entry.id)
        demand(Permission.UNLIST, current, by=by)
        organisation = locked(Organisation, current.organisation_id)
        audit.record("organisation.person_taken_off", organisation, detail={"entry": current.id}, actor=by)
        _delete(current)


def look_after_listed() -> int:
    """Ask those whose entry ends within a month, once each; delete what nobody has answered and what ended long ago."""
    now = clock.now()
    asked = each("listed people", queries.listed_due(now + BEFORE), _ask_again)
    old = queries.listed_old(now - LISTED_WAITS, now - ENDED_KEPT)
    return asked + each("old listed people", old, _remove_old)


def _ask_again(number: int) -> int:
    with transaction():
        entry = locked_if_there(ListedPerson, number)
        if entry is None or entry.reminded_at is not None or entry.confirmed_until is None:
            return 0
        entry.reminded_at = clock.now()
        organisation = locked(Organisation, entry.organisation_id)
        mail.queue(mails.listed_again(entry, organisation))
    return 1


def _remove_old(number: int) -> int:
    with transaction():
        entry = locked_if_there(ListedPerson, number)
        if entry is not None:
            _delete(entry)
    return 1


def follow_listed(fact: AddressChanged) -> None:
    """Mails about entries go to the new address of their person; links sent to the old one are dead (in a transaction)."""
    for entry in queries.listed_to([fact.old]):
        taken = any(one.organisation_id == entry.organisation_id for one in queries.listed_to([mailbox_key(fact.new)]))
        if entry.person_id == fact.person_id and not taken:
            links.revoke(LISTED, f"listed:{entry.id}")
            entry.address = fact.new
    db.session.flush()


def _there(number: int) -> ListedPerson:
    current = locked_if_there(ListedPerson, number)
    if current is None:
        raise Conflict(GONE)
    return current


def _delete(entry: ListedPerson) -> None:
    links.revoke(LISTED, f"listed:{entry.id}")
    mail.withdraw(mails.listed_keys(entry))
    db.session.delete(entry)
    db.session.flush()

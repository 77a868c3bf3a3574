"""The ways to reach an organisation: written all at once, in their order, each with who sees it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.ground import audit, clock
from portal.ground.authz import Portal, demand
from portal.ground.batches import each
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal, Refusals, Stale
from portal.ground.locks import locked
from portal.ground.mailboxes import NO_ADDRESS, UNREACHABLE, is_reachable, mailbox_key, normal_address
from portal.ground.statements import table
from portal.organisations import queries
from portal.organisations.models import Contact, ContactKind, Organisation, Visibility
from portal.organisations.policies import Permission
from portal.words.i18n import Localized, _l
from portal.words.phones import phone_address

MOST = queries.MOST_CONTACTS
LONGEST = {ContactKind.EMAIL: 320, ContactKind.PHONE: 40, ContactKind.ADDRESS: 200, ContactKind.OTHER: 200}
LONGEST_LABEL = 80
NO_NUMBER = _l("This does not look like a telephone number. Enter it in this form: +48 22 123 45 67")
HOME = _l(
    "The street of an informal group is often somebody’s home, so it is not shown to everybody. Choose the networks, the "
    "coordinators or your own people."
)


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One contact as it was typed. `row` is its line of the form, `number` that of the stored contact, if there was one."""

    row: int
    kind: str
    value: str
    visibility: str
    label: str = ""
    number: int | None = None


def contact_faults(lines: Sequence[ContactLine], *, contact_form: bool, informal: bool = False) -> Iterator[Refusal]:
    """Everything that cannot be saved, by field of the form. Sizes first."""
    if len(lines) > MOST:
        yield Refusal(_l("An organisation can have at most ten contacts. Remove some."))
    seen: set[tuple[str, str]] = set()
    for one in lines:
        fault = _fault_of(one)
        if fault is not None:
            yield fault
            continue
        key = (one.kind, _key(one))
        if key in seen:
            yield Refusal(_l("This contact stands in the list twice. Remove one of them."), field=f"value_{one.row}")
        seen.add(key)
        if (
            informal
            and one.kind == ContactKind.ADDRESS
            and one.visibility in (Visibility.PUBLIC, Visibility.REGISTERED)
        ):
            yield Refusal(HOME, field=f"visibility_{one.row}")
    if not contact_form and not any(one.visibility == Visibility.PUBLIC for one in lines):
        yield Refusal(
            _l("Without a contact that everybody sees the form has to stay: it would be the only way to reach you."),
            field="contact_form",
        )


def _fault_of(one: ContactLine) -> Refusal | None:
    field = f"value_{one.row}"
    if one.kind not in tuple(ContactKind):
        return Refusal(_l("Choose what it is."), field=f"kind_{one.row}")
    if one.visibility not in tuple(Visibility):
        return Refusal(_l("Choose who sees it."), field=f"visibility_{one.row}")
    if len(one.label) > LONGEST_LABEL:
        return Refusal(_l("Shorten the note to 80 characters."), field=f"label_{one.row}")
    if not one.value:
        return Refusal(_l("Enter the contact, or tick “Remove this contact”."), field=field)
    if len(one.value) > LONGEST[ContactKind(one.kind)]:
        return Refusal(_l("The contact is too long. Shorten it."), field=field)
    if one.kind == ContactKind.EMAIL:
        address = normal_address(one.value)
        if address is None:
            return Refusal(NO_ADDRESS, field=field)
        if not is_reachable(address):
            return Refusal(UNREACHABLE, field=field)
    if one.kind == ContactKind.PHONE and not phone_address(one.value):
        return Refusal(NO_NUMBER, field=field)
    return None


def _key(one: ContactLine) -> str:
    if one.kind == ContactKind.EMAIL:
        return mailbox_key(one.value)
    return phone_address(one.value) if one.kind == ContactKind.PHONE else one.value.casefold()


def set_contacts(
    organisation: Organisation, *, by: Person | Portal, version: int, contacts: Sequence[ContactLine],
    contact_form: bool, language: str,
) -> None:  # fmt: skip
    """Write all contacts anew, in this order, notes in one language; what is not among them is deleted.

    `version` is that of `queries.contacts_version`; raises Stale with what is stored when somebody else saved since. What
    others write in the profile meanwhile is not disturbed.
    """
    faults = list(contact_faults(contacts, contact_form=contact_form, informal=organisation.informal))
    if faults:
        raise Refusals(faults)
    with transaction() as session:
        current = locked(Organisation, organisation.id)
        demand(Permission.EDIT, current, by=by)
        stored = queries.contacts_of(current)
        now = queries.contacts_version(current, stored)
        if now != version:
            raise Stale(_theirs(current, stored, language), version=now)
        known = {one.id: one for one in stored}
        for place, line in enumerate(contacts, start=1):
            row = known.pop(line.number, None) if line.number is not None else None
            if row is None:
                row = Contact(organisation_id=current.id)
                session.add(row)
            _write(row, line, place, language)
        for gone in known.values():
            session.delete(gone)
        session.flush()
        _confirmed(current, contact_form=contact_form)
        audit.record("organisation.contacts_changed", current, detail={"contacts": len(contacts)}, actor=by)


def _write(row: Contact, line: ContactLine, place: int, language: str) -> None:
    value = normal_address(line.value) or "" if line.kind == ContactKind.EMAIL else line.value
    label = (row.label or Localized(language)).with_text(language, line.label)
    row.kind, row.value, row.visibility, row.position = line.kind, value, line.visibility, place
    row.label = label if label else None


def _confirmed(current: Organisation, *, contact_form: bool) -> None:
    """Whoever corrects the contacts has looked at the profile. Its version stays: its texts are the same."""
    rows = table(Organisation)
    values = {"confirmed_at": clock.now(), "contact_form": contact_form, "row_version": rows.c.row_version}
    db.session.execute(sa.update(rows).where(rows.c.id == current.id).values(values))
    db.session.refresh(current)


def _theirs(current: Organisation, stored: Sequence[Contact], language: str) -> dict[str, object]:
    found: dict[str, object] = {"contact_form": current.contact_form}
    for row, one in enumerate(stored, start=1):
        found |= {
            f"kind_{row}": one.kind, f"value_{row}": one.value, f"visibility_{row}": one.visibility,
            f"label_{row}": one.label.get(language) if one.label else "",
        }  # fmt: skip
    return found


def carry_contacts() -> int:
    """What code of 0.1.0 has written while nodes were exchanged becomes contacts; returns of how many organisations.

    The migration has carried all that was there. Emptied columns say what is done.
    """
    return each("earlier contacts", queries.with_earlier_contacts(), _carry)


def _carry(number: int) -> int:
    with transaction() as session:
        current = locked(Organisation, number)
        known = {(one.kind, one.value) for one in queries.contacts_of(current)}
        place = len(known)
        for kind, value in ((ContactKind.EMAIL, current.contact_email), (ContactKind.PHONE, current.contact_phone)):
            if value and (kind, value) not in known:
                place += 1
                session.add(
                    Contact(
                        organisation_id=number, kind=kind, value=value, visibility=current.contact_visibility,
                        position=place,
                    )
                )  # fmt: skip
        rows = table(Organisation)
        same = {"updated_at": rows.c.updated_at, "row_version": rows.c.row_version}
        session.execute(sa.update(rows).where(rows.c.id == number).values(contact_email="", contact_phone="", **same))
        session.refresh(current)
    return 1

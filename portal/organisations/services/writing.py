"""A message to an organisation, through the portal: its address stays where it is."""

import hashlib

from portal import mail
from portal.accounts.models import Person
from portal.ground import clock
from portal.ground.authz import demand
from portal.ground.db import transaction
from portal.ground.errors import Conflict
from portal.ground.locks import locked
from portal.ground.mailboxes import is_reachable, mailbox_key
from portal.organisations import mails, queries
from portal.organisations.models import Organisation
from portal.organisations.policies import Permission
from portal.words.i18n import Localized, _l

LONGEST_MESSAGE = 4000
TAKES_NO_MESSAGES = _l("This organisation takes no messages through the portal. Its page shows how to reach it.")
NOBODY = _l("There is nobody to send the message to at the moment. Copy it, and look for another way to reach them.")


def write(organisation: Organisation, *, by: Person | None, name: str, email: str, message: str, language: str) -> None:
    """Send somebody's words to the first e-mail address of an organisation, or to whoever manages it where it has none.

    In the language of its owner. The words lie in the outbox until they are sent, and nowhere else. The same words of the
    same sender go once a day.
    """
    with transaction():
        current = locked(Organisation, organisation.id)
        if not current.contact_form:
            raise Conflict(TAKES_NO_MESSAGES)
        demand(Permission.WRITE_TO, current, by=by)
        found = _recipients(current)
        if not found:
            raise Conflict(NOBODY)
        said = "\n".join((str(current.id), mailbox_key(email), message, clock.now().date().isoformat()))
        key = hashlib.sha256(said.encode()).hexdigest()[:40]
        for number, (to, lang, person_id) in enumerate(found, start=1):
            mail.queue(
                mails.written(
                    current, to=to, lang=lang, name=name, email=email, message=Localized.of(language, message),
                    has_account=by is not None, key=f"{key}:{number}", person_id=person_id,
                )
            )  # fmt: skip


def _recipients(current: Organisation) -> list[tuple[str, str, int | None]]:
    """(address, language, person): that of the organisation, else those of its owners."""
    owners = [one for one in queries.owners_of(current) if one.address]
    for address in queries.addresses_of(current):
        if is_reachable(address):
            return [(address, owners[0].locale if owners else current.name.original, None)]
    return [(one.address, one.locale, one.id) for one in owners]

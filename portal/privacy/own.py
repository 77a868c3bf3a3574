"""What core itself holds about people: mails, pictures, limits and the audit trail."""

import datetime as dt
import json

import sqlalchemy as sa

from portal.face.media import File
from portal.ground import clock, limits
from portal.ground.audit import AuditDetail, AuditEntry
from portal.ground.db import db
from portal.ground.limits import LimitHit
from portal.ground.links import KEPT as LINKS_KEPT
from portal.ground.statements import changed_rows
from portal.mail import KEPT as MAILS_KEPT
from portal.mail import STRANGERS_KEPT, Mail
from portal.mail.preferences import MailPreference
from portal.mail.pseudonyms import pseudonyms
from portal.mail.sending import FAILED_KEPT
from portal.mail.standing import MARK_KEPT, BouncedMailbox
from portal.privacy.consents import Consent
from portal.privacy.holdings import (
    Condition,
    Farewell,
    Fate,
    Holding,
    Note,
    Part,
    Subject,
    Trace,
    by_address,
    by_number,
)
from portal.words.i18n import _l, _ln

DETAILS_YEARS = 5  # how long the audit trail can say what exactly was done
DETAILS_KEPT = dt.timedelta(days=365 * DETAILS_YEARS + 2)


def _own_acts(subject: Subject) -> Condition:
    return AuditEntry.actor_id == subject.person_id


def _about(subject: Subject) -> Condition:
    """The entries about the person or the account itself."""
    person = sa.and_(AuditEntry.object_type == "person", AuditEntry.object_id == subject.person_id)
    account = sa.and_(AuditEntry.object_type == "account", AuditEntry.object_id == subject.account_id)
    return sa.or_(person, account)


def _details_of(condition: Condition) -> Condition:
    return AuditDetail.number.in_(sa.select(AuditEntry.number).where(condition))


def _own_details(subject: Subject) -> Condition:
    return _details_of(_own_acts(subject))


def _naming_details(subject: Subject) -> Condition:
    """Details of entries about the person, those with an address as a value, and their own acts with the name as one.

    A whole value, not a part of it: whoever took a common word for a name would wipe out the details of others.
    """
    addresses = [AuditDetail.detail.contains(_value(address), autoescape=True) for address in subject.addresses]
    named = sa.and_(_own_details(subject), AuditDetail.detail.contains(_value(subject.name), autoescape=True))
    return sa.or_(_details_of(_about(subject)), named, *addresses)


def _value(text: str) -> str:
    """A text as it stands in a stored detail."""
    return json.dumps(text, ensure_ascii=False)


def _counted(subject: Subject) -> Condition:
    return LimitHit.key.in_([key for address in sorted(subject.addresses) for key in limits.keys_of(address)])


def _chosen(subject: Subject) -> Condition:
    return MailPreference.mailbox.in_(list(pseudonyms(set(subject.addresses))))


def remove_old_details() -> int:
    """Delete the details of the audit trail after their years; the chain stays (inside a transaction)."""
    old = sa.select(AuditEntry.number).where(AuditEntry.at < clock.now() - DETAILS_KEPT)
    return changed_rows(db.session, sa.delete(AuditDetail).where(AuditDetail.number.in_(old)))


def _farewell(subject: Subject) -> Farewell:
    return Farewell(
        goes=[
            Note(_l("The messages of the portal to this address are deleted. One last message confirms the deletion."))
        ],
        stays=[
            Note(
                _l(
                    "The record of actions keeps what was done and when, so that changes can be explained. "
                    "It shows a number, without the name and the address."
                )
            ),
            Note(
                _l(
                    "Which messages the address does not want stays, so that it gets none of them later. "
                    "The address itself is not kept with it."
                )
            ),
        ],
    )


PART = Part(
    holdings=(
        Holding(
            Mail,
            _l("The messages that the portal has sent or is about to send."),
            (by_number(Mail.person_id, Fate.GONE), by_address(Mail.to, Fate.GONE, owner=Mail.person_id)),
        ),
        Holding(
            MailPreference,
            _l("Which kinds of messages the address wants."),
            (Trace((MailPreference.mailbox,), _chosen, Fate.STAYS),),
            secret=frozenset({"mailbox"}),
        ),
        Holding(
            BouncedMailbox,
            _l("That messages to the address came back."),
            (by_address(BouncedMailbox.email, Fate.GONE),),
        ),
        Holding(
            Consent,
            _l("Consents: given and withdrawn."),
            (by_number(Consent.person_id, Fate.GONE),),
            secret=frozenset({"words_hash"}),
        ),
        Holding(
            File, _l("The pictures and documents that were uploaded."), (by_number(File.uploaded_by, Fate.UNNAMED),)
        ),
        Holding(
            AuditDetail,
            _l("Details of what was done."),
            (
                Trace((AuditDetail.detail,), _naming_details, Fate.GONE),
                Trace((AuditDetail.detail,), _own_details, Fate.STAYS),
            ),
            secret=frozenset({"salt"}),
        ),
        Holding(
            AuditEntry,
            _l("The record of what was done, and when."),
            (
                Trace((AuditEntry.actor_id,), _own_acts, Fate.STAYS),
                Trace((AuditEntry.object_id,), _about, Fate.STAYS),
            ),
            secret=frozenset({"detail_hash", "hash"}),
        ),
        Holding(
            LimitHit,
            _l("Counters that stop repeated attempts."),
            (Trace((LimitHit.key,), _counted, Fate.GONE),),
        ),
    ),
    farewell=_farewell,
    kept=(
        _ln(
            "That a message was sent, to whom and about what, is kept for %(n)s day. Its text is deleted once it is sent.",
            "That a message was sent, to whom and about what, is kept for %(n)s days. Its text is deleted once it is sent.",
            MAILS_KEPT.days,
        ),
        _ln(
            "Of a message to an address that belongs to nobody the portal knows, even that is deleted after %(n)s day.",
            "Of a message to an address that belongs to nobody the portal knows, even that is deleted after %(n)s days.",
            STRANGERS_KEPT.days,
        ),
        _ln(
            "What a message is made from that did not arrive is kept for %(n)s day, so that it can be sent again.",
            "What a message is made from that did not arrive is kept for %(n)s days, so that it can be sent again.",
            FAILED_KEPT.days,
        ),
        _ln(
            "That messages to an address came back is kept for %(n)s day, or until it is confirmed again.",
            "That messages to an address came back is kept for %(n)s days, or until it is confirmed again.",
            MARK_KEPT.days,
        ),
        _l(
            "Which messages an address does not want is kept without the address, for as long as the portal sends such."
        ),
        _ln(
            "A link from a message is kept for %(n)s day after it expires, so that the page can say it has expired.",
            "A link from a message is kept for %(n)s days after it expires, so that the page can say it has expired.",
            LINKS_KEPT.days,
        ),
        _ln(
            "Counters that stop repeated attempts hold no readable address and last at most %(n)s hour.",
            "Counters that stop repeated attempts hold no readable address and last at most %(n)s hours.",
            limits.LONGEST_HOURS,
        ),
        _ln(
            "The record of actions keeps its details for %(n)s year.",
            "The record of actions keeps its details for %(n)s years.",
            DETAILS_YEARS,
        ),
    ),
)

"""Claims to profiles, and what stands for and against one."""

from collections.abc import Sequence
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.ground import clock
from portal.ground.db import db
from portal.ground.links import LinkToken
from portal.ground.mailboxes import mailbox_key, wire_domain
from portal.organisations import queries as organisations
from portal.organisations.models import ContactKind, Organisation
from portal.organisations.nearness import Nearness
from portal.trust.models import OPEN_CLAIM, Claim, ClaimMethod, ClaimStatus

# Where anybody can have an address or a page: such a domain proves nothing about an organisation.
OF_EVERYBODY = frozenset(
    "gmail.com googlemail.com google.com wp.pl o2.pl onet.pl op.pl interia.pl gazeta.pl tlen.pl abv.bg mail.bg dir.bg "
    "yahoo.com outlook.com hotmail.com live.com icloud.com proton.me protonmail.com facebook.com instagram.com "
    "sites.google.com wordpress.com blogspot.com wixsite.com".split()
)


def claim(number: int) -> Claim | None:
    """One claim with its organisation."""
    return db.session.scalar(
        sa.select(Claim).where(Claim.id == number).options(joinedload(Claim.organisation).joinedload(Organisation.logo))
    )


def open_claim(organisation_id: int) -> Claim | None:
    """The claim to a profile that is being considered."""
    return db.session.scalar(
        sa.select(Claim).where(Claim.organisation_id == organisation_id, Claim.status.in_(OPEN_CLAIM))
    )


def claim_of(link: LinkToken) -> Claim | None:
    """The claim that waits for the proof of a mail, with its organisation."""
    return db.session.scalar(
        sa.select(Claim)
        .where(Claim.id == link.subject_id, Claim.status == ClaimStatus.ASKED, Claim.method == ClaimMethod.MAIL)
        .options(joinedload(Claim.organisation))
    )


def claims_by(person_id: int, *, open_only: bool = True) -> Sequence[Claim]:
    """The claims of a person, those that are being considered or all, oldest first."""
    states = OPEN_CLAIM if open_only else tuple(ClaimStatus)
    return db.session.scalars(
        sa.select(Claim)
        .where(Claim.claimant_id == person_id, Claim.status.in_(states))
        .order_by(Claim.id)
        .options(joinedload(Claim.organisation))
    ).all()


def claimant_of(row: Claim) -> Person | None:
    """Who asked; None when the account is gone."""
    return db.session.get(Person, row.claimant_id) if row.claimant_id else None


def objection_over() -> Sequence[int]:
    """The claims whose time for objections is over and of which nobody was told."""
    query = sa.select(Claim.id).where(
        Claim.status == ClaimStatus.WAITING,
        Claim.objected_at.is_(None),
        Claim.due_told.is_(False),
        Claim.objection_until <= clock.now(),
    )
    return db.session.scalars(query.order_by(Claim.id)).all()


def public_addresses(organisation: Organisation) -> list[str]:
    """The mail addresses that the profile shows to everybody, in their order."""
    seen = organisations.contacts_seen(organisation, Nearness.VISITOR).shown
    return [one.value for one in seen if one.kind == ContactKind.EMAIL]


def public_address(organisation: Organisation) -> str:
    """The first of them; empty when there is none."""
    return next(iter(public_addresses(organisation)), "")


def own_domain(organisation: Organisation) -> str:
    """The domain of the organisation's own website; empty for none, and for one where anybody can have a page."""
    host = (urlsplit(organisation.website).hostname or "").removeprefix("www.")
    shared = any(host == one or host.endswith("." + one) for one in OF_EVERYBODY)
    return "" if shared or "." not in host else _wire(host)


def proves(organisation: Organisation, address: str) -> bool:
    """Does whoever reads this mailbox belong to the organisation? Its public address, or one of its website's domain."""
    if mailbox_key(address) in map(mailbox_key, public_addresses(organisation)):
        return True
    domain = own_domain(organisation)
    return bool(domain) and _wire(address.rpartition("@")[2].casefold()) == domain


def _wire(domain: str) -> str:
    try:
        return wire_domain(domain)
    except UnicodeError:
        return ""

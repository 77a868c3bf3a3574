"""The mails about trust in a profile. Each goes to one person, in their language."""

import datetime as dt
from collections.abc import Mapping

from portal import mail
from portal.accounts.models import Person
from portal.ground import clock
from portal.membership.mails import quoted
from portal.organisations.models import Organisation
from portal.organisations.queries import by_number
from portal.trust import queries
from portal.trust.models import Claim, Patronage, Registering, Shortage, Verification, Vouch, VouchRequest

VOUCH = "trust-vouch"  # the purposes of the links
PROOF = "trust-claim"
VOUCH_LIFETIME = dt.timedelta(days=30)
PROOF_LIFETIME = dt.timedelta(days=7)
OBJECTION = dt.timedelta(days=14)  # how long those who manage a profile can object
MONTH = dt.timedelta(days=30)
VOUCH_FORM = "Ask somebody to vouch for the group"
PROOF_FORM = "Claim a profile"


def vouch_asked(
    request: VouchRequest, group: Organisation, by: Person, known: Person | None, language: str
) -> mail.Message:  # fmt: skip
    """Would you vouch for this group? The link leads to a page with a button, and to the profile of a draft."""
    return mail.Message(
        template="trust/mail/vouch_asked",
        kind=mail.Kind.INVITATION,
        concerns=mail.concern("organisation", group.id),
        to=request.address,
        lang=known.locale if known else language,
        dedupe_key=request_key(request),
        context={"organisation": group.name, "asker": by.name, "days": VOUCH_LIFETIME.days},
        links={
            "page": mail.Link(
                "trust.vouch", purpose=VOUCH, subject=f"vouch-request:{request.id}", lifetime=VOUCH_LIFETIME
            )
        },
        person_id=known.id if known else None,
        form=VOUCH_FORM,
    )


def request_key(request: VouchRequest) -> str:
    """Under which key the mail of a request is queued: it names whoever asked."""
    return f"vouch-request:{request.id}"


def proof_key(claim: Claim) -> str:
    """Under which key the mail of a claim is queued: it names the claimant."""
    return f"claim-proof:{claim.id}"


def vouched(given: Vouch, group: Organisation, to: Person) -> mail.Message:
    """To the owners of a group: somebody vouches for it."""
    return _message("vouched", f"vouch:{given.id}", group, to, _page(group))


def vouch_withdrawn(given: Vouch, group: Organisation, via: Organisation, to: Person) -> mail.Message:
    """To the owners of a group: a vouch was taken back, for this reason."""
    context = {"via": via.name, "reason": quoted(given.reason), "reason_in": via.name.original}
    return _message("vouch_withdrawn", f"vouch-withdrawn:{given.id}", group, to, _page(group), context)


def patron_asked(asked: Patronage, group: Organisation, patron: Organisation, to: Person) -> mail.Message:
    """To the owners of a possible patron: a group asks."""
    link = mail.Link("trust.patronage", {"number": asked.id})
    return _message("patron_asked", f"patronage:{asked.id}", group, to, link, {"patron": patron.name})


def patronage_changed(asked: Patronage, group: Organisation, patron: Organisation, to: Person) -> mail.Message:
    """To both sides: the patron has accepted, has refused, or one side has ended it."""
    became = "ended" if asked.ended_at and asked.accepted_at else "refused" if asked.ended_at else "accepted"
    context = {
        "patron": patron.name, "became": became, "reason": quoted(asked.reason), "reason_in": patron.name.original,
    }  # fmt: skip
    return _message("patronage_changed", f"patronage-{became}:{asked.id}", group, to, _page(group), context)


def shortage(lacking: Shortage, group: Organisation, to: Person) -> mail.Message:
    """To the owners of a group: what it lacks, and how many days are left."""
    left = max(0, (lacking.since + queries.TIME - clock.now()) // dt.timedelta(days=1))
    key = f"shortage:{lacking.id}:{lacking.told}"
    return _message("shortage", key, group, to, _page(group), {"lack": lacking.lack, "days": left})


def shortage_over(lacking: Shortage, group: Organisation, to: Person) -> mail.Message:
    """To those who oversee a group: the sixty days are over."""
    key = f"shortage:{lacking.id}:{lacking.told}"
    return _message("shortage_over", key, group, to, _page(group), {"lack": lacking.lack}, mail.Kind.TASKS)


def claim_proof(claim: Claim, by: Person) -> mail.Message:
    """To the mailbox of the organisation: somebody asks for its profile. Only the button behind the link proves it."""
    return mail.Message(
        template="trust/mail/claim_proof",
        kind=mail.Kind.PROFILE,
        concerns=mail.concern("organisation", claim.organisation_id),
        to=claim.address,
        lang=_of(claim).name.original,
        dedupe_key=proof_key(claim),
        context={"organisation": _of(claim).name, "claimant": by.name, "days": PROOF_LIFETIME.days},
        links={
            "page": mail.Link("trust.prove", purpose=PROOF, subject=f"claim:{claim.id}", lifetime=PROOF_LIFETIME)
        },
        form=PROOF_FORM,
        asks_address=True,
    )  # fmt: skip


def claim_to_owner(claim: Claim, to: Person) -> mail.Message:
    """To those who manage a profile: somebody claims it, and until when they can object."""
    return _about_claim("claim_to_owner", claim, to, {"until": claim.objection_until})


def claim_to_decide(claim: Claim, to: Person) -> mail.Message:
    """To those who decide: a claim waits."""
    stage = "objected" if claim.objected_at else "over" if claim.objection_until else "asked"
    return _about_claim("claim_to_decide", claim, to, {"stage": stage}, mail.Kind.TASKS)


def claim_decided(claim: Claim, to: Person) -> mail.Message:
    """To the claimant and to those who manage the profile: the decision, with its reason."""
    into = _of(claim).merged_into_id
    kept = by_number(into) if into else None
    context = {
        "status": str(claim.status), "reason": quoted(claim.reason), "reason_in": _of(claim).name.original,
        "is_claimant": to.id == claim.claimant_id, "kept": kept.name if kept else None,
    }  # fmt: skip
    return _about_claim("claim_decided", claim, to, context)


def registering_asked(asked: Registering, to: Person) -> mail.Message:
    """To those who decide: a group says that it is registered now."""
    link = mail.Link("trust.registering", {"number": asked.id})
    key = f"registering:{asked.id}"
    return _message("registering_asked", key, _of(asked), to, link, kind=mail.Kind.TASKS)


def registering_decided(asked: Registering, to: Person) -> mail.Message:
    """To the owners of a group: it is a registered organisation now, or why not."""
    group = _of(asked)
    context = {"accepted": asked.accepted, "reason": quoted(asked.reason), "reason_in": group.name.original}
    return _message("registering_decided", f"registering-decided:{asked.id}", group, to, _page(group), context)


def group_ends(group: Organisation, ends_on: dt.date, to: Person) -> mail.Message:
    """To the owners of a group: in a month comes the day that they have named."""
    noon = dt.datetime.combine(ends_on, dt.time(12), tzinfo=dt.UTC)
    return _message("group_ends", f"group-ends:{group.id}:{ends_on}", group, to, _page(group), {"day": noon})


def check_ends(made: Verification, organisation: Organisation, to: Person) -> mail.Message:
    """To whoever checked: in a month it is old."""
    context = {"what": made.kind, "until": made.valid_until}
    return _message("check_ends", f"check:{made.id}", organisation, to, _page(organisation), context, mail.Kind.TASKS)


def released(organisation: Organisation, to: Person) -> mail.Message:
    """To those who oversee a profile: its last owner gave it away."""
    assert organisation.released_at is not None
    key = f"released:{organisation.id}:{organisation.released_at.isoformat()}"
    return _message("released", key, organisation, to, _page(organisation), kind=mail.Kind.TASKS)


def _about_claim(
    name: str, claim: Claim, to: Person, context: Mapping[str, object], kind: mail.Kind = mail.Kind.PROFILE
) -> mail.Message:  # fmt: skip
    link = mail.Link("trust.claim_case", {"number": claim.id})
    return _message(name, f"claim:{claim.id}:{name}:{context.get('stage', '')}", _of(claim), to, link, context, kind)


def _of(row: Claim | Registering) -> Organisation:
    """The organisation of a row, which the use-case holds."""
    found = by_number(row.organisation_id)
    assert found is not None
    return found


def _page(organisation: Organisation) -> mail.Link:
    return mail.Link("trust.of_organisation", {"slug": organisation.slug})


def _message(
    name: str, key: str, organisation: Organisation, to: Person, link: mail.Link,
    context: Mapping[str, object] | None = None, kind: mail.Kind = mail.Kind.PROFILE,
) -> mail.Message:  # fmt: skip
    return mail.Message(
        template=f"trust/mail/{name}",
        kind=kind,
        concerns=mail.concern("organisation", organisation.id),
        to=to.address,
        lang=to.locale,
        dedupe_key=f"{key}:{to.id}",
        context={"organisation": organisation.name, **(context or {})},
        links={"page": link},
        person_id=to.id,
    )

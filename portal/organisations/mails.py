"""The mails of organisations."""

import datetime as dt

from portal.accounts.models import Person
from portal.mail import Kind, Link, Message, concern
from portal.organisations.models import Invitation, ListedPerson, Organisation, OrganisationStatus
from portal.words.i18n import Localized

INVITATION = "organisation-invitation"
INVITATION_LIFETIME = dt.timedelta(days=14)
LISTED = "organisation-listed"
LISTED_WAITS = dt.timedelta(days=30)  # for an answer; then the entry is deleted
LISTED_LINK = dt.timedelta(days=900)  # longer than an entry lives: it is taken back at any time
LISTED_FORM = "Ask somebody to stand on the profile"
FORM = "Invite somebody to help with the profile"


def invitation(
    invitation: Invitation, organisation: Organisation, by: Person, known: Person | None, language: str
) -> Message:  # fmt: skip
    """Would you help with this profile? The link leads to a page with a button."""
    return Message(
        template="organisations/mail/invitation",
        kind=Kind.INVITATION,
        concerns=concern("organisation", organisation.id),
        to=invitation.address,
        lang=known.locale if known else language,
        dedupe_key=invitation_key(invitation),
        context={
            "organisation": organisation.name,
            "inviter": by.name,
            "role": invitation.role,
            "days": INVITATION_LIFETIME.days,
            "was_published": organisation.published_at is not None,
        },
        links={
            "accept": Link(
                "organisations.invitation",
                purpose=INVITATION,
                subject=f"invitation:{invitation.id}",
                lifetime=INVITATION_LIFETIME,
            )
        },
        person_id=known.id if known else None,
        form=FORM,
    )


def invitation_key(invitation: Invitation) -> str:
    """Under which key the mail of an invitation is queued."""
    return f"organisation-invitation:{invitation.id}"


def listed(entry: ListedPerson, organisation: Organisation, lang: str) -> Message:
    """May the profile show you? The link leads to a page with buttons, then and as long as the entry is there."""
    return Message(
        template="organisations/mail/listed",
        kind=Kind.INVITATION,
        concerns=concern("organisation", organisation.id),
        to=entry.address,
        lang=lang,
        dedupe_key=listed_keys(entry)[0],
        context={
            "organisation": organisation.name, "name": entry.name, "days": LISTED_WAITS.days,
            "was_published": organisation.published_at is not None,
        },
        links={"answer": _listed_link(entry)},
        person_id=entry.person_id,
        form=LISTED_FORM,
    )  # fmt: skip


def listed_again(entry: ListedPerson, organisation: Organisation) -> Message:
    """The entry on the profile ends soon: confirm it once more, or leave it."""
    assert entry.confirmed_until is not None
    return Message(
        template="organisations/mail/listed_again",
        kind=Kind.PROFILE,
        concerns=concern("organisation", organisation.id),
        to=entry.address,
        lang=entry.locale,
        dedupe_key=listed_keys(entry)[1],
        context={"organisation": organisation.name, "name": entry.name, "until": entry.confirmed_until},
        links={"answer": _listed_link(entry)},
        person_id=entry.person_id,
    )


def listed_keys(entry: ListedPerson) -> tuple[str, str]:
    """Under which keys the mails of an entry are queued: the question, and the one before its end."""
    end = f"{entry.confirmed_until:%Y%m%d}" if entry.confirmed_until else ""
    return f"organisation-listed:{entry.id}", f"organisation-listed:{entry.id}:{end}"


def _listed_link(entry: ListedPerson) -> Link:
    return Link("organisations.listed_entry", purpose=LISTED, subject=f"listed:{entry.id}", lifetime=LISTED_LINK)


def written(
    organisation: Organisation, *, to: str, lang: str, name: str, email: str, message: Localized, has_account: bool,
    key: str, person_id: int | None = None,
) -> Message:  # fmt: skip
    """Somebody has written to an organisation through its page. Answers go to them, and no copy does: whoever gives the
    address of somebody else would send them mail."""
    return Message(
        template="organisations/mail/written",
        kind=Kind.PROFILE,
        concerns=concern("organisation", organisation.id),
        to=to,
        lang=lang,
        dedupe_key=f"organisation-written:{key}",
        context={
            "organisation": organisation.name, "name": name, "email": email, "message": message,
            "has_account": has_account,
        },
        links={"profile": Link("organisations.show", values={"slug": organisation.slug})},
        person_id=person_id,
        reply_to=email,
    )  # fmt: skip


_LETTERS = {
    (OrganisationStatus.SUSPENDED, OrganisationStatus.PUBLISHED): "restored",
    (OrganisationStatus.CLOSED, OrganisationStatus.PUBLISHED): "reopened",
}


def status_changed(organisation: Organisation, person: Person, before: str | None) -> Message:
    """The portal team has suspended the profile or brought it back; or the organisation has ended, or works again."""
    name = _LETTERS.get(
        (OrganisationStatus(before or ""), OrganisationStatus(organisation.status)), organisation.status
    )
    return Message(
        template=f"organisations/mail/{name}",
        kind=Kind.PROFILE,
        concerns=concern("organisation", organisation.id),
        to=person.address,
        lang=person.locale,
        dedupe_key=f"organisation-status:{organisation.id}:{organisation.row_version}:{person.id}",
        context={"organisation": organisation.name, "reason": organisation.return_reason, **_closing(organisation)},
        links={"profile": Link("organisations.show", values={"slug": organisation.slug})},
        person_id=person.id,
    )


def _closing(organisation: Organisation) -> dict[str, object]:
    if organisation.closed_on is None:
        return {}
    return {
        "closed_on": dt.datetime.combine(organisation.closed_on, dt.time(12), dt.UTC),
        "why": organisation.closed_reason or "",
    }

"""The mails of organisations."""

import datetime as dt

from portal.accounts.models import Person
from portal.mail import Kind, Link, Message, concern
from portal.organisations.models import Invitation, Organisation, OrganisationStatus

INVITATION = "organisation-invitation"
INVITATION_LIFETIME = dt.timedelta(days=14)
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


def status_changed(organisation: Organisation, person: Person) -> Message:
    """The portal team has suspended the profile or brought it back."""
    suspended = organisation.status == OrganisationStatus.SUSPENDED
    return Message(
        template=f"organisations/mail/{'suspended' if suspended else 'restored'}",
        kind=Kind.PROFILE,
        concerns=concern("organisation", organisation.id),
        to=person.address,
        lang=person.locale,
        dedupe_key=f"organisation-status:{organisation.id}:{organisation.row_version}:{person.id}",
        context={"organisation": organisation.name, "reason": organisation.return_reason},
        links={"profile": Link("organisations.show", values={"slug": organisation.slug})},
        person_id=person.id,
    )

"""The mails of the calendar of confirmation. Each goes to one person, in their language, with what the profile says."""

import datetime as dt

from portal.accounts.models import Person
from portal.freshness.models import Request, Step
from portal.mail import Kind, Link, Message, concern
from portal.organisations import queries as organisations
from portal.organisations.identifiers import SCHEMES
from portal.organisations.models import Organisation

CONFIRMATION = "profile-confirmation"
LIFETIME = dt.timedelta(days=120)  # longer than until the next mail but one: people read the first late

_LETTERS = {
    Step.ASKED: "freshness/mail/asked",
    Step.REMINDED: "freshness/mail/reminded",
    Step.WARNED: "freshness/mail/warned",
    Step.DORMANT: "freshness/mail/dormant",
}


def asked(request: Request, organisation: Organisation, person: Person) -> Message:
    """Is everything right? The step of the request says how it is said."""
    link = Link(
        "freshness.confirm", purpose=CONFIRMATION, subject=f"confirmation:{request.id}", lifetime=LIFETIME
    )  # fmt: skip
    cycle = int(request.confirmed_at.timestamp())
    return Message(
        template=_LETTERS[Step(request.step)],
        kind=Kind.PROFILE_CONFIRMATION,
        concerns=concern("organisation", organisation.id),
        to=person.address,
        lang=person.locale,
        dedupe_key=f"confirmation:{organisation.id}:{cycle}:{request.step}:{person.id}",
        context=_said(organisation),
        links={"confirm": link, "edit": Link("organisations.edit", {"slug": organisation.slug})},
        person_id=person.id,
    )


def closing_proposed(organisation: Organisation, reason: str, person: Person, moment: dt.datetime) -> Message:
    """To whoever manages it: somebody of a network thinks that the organisation has ended."""
    return Message(
        template="freshness/mail/closing_proposed",
        kind=Kind.PROFILE,
        concerns=concern("organisation", organisation.id),
        to=person.address,
        lang=person.locale,
        dedupe_key=f"closing-proposed:{organisation.id}:{int(moment.timestamp())}:{person.id}",
        context={"organisation": organisation.name, "reason": reason, "reason_in": organisation.name.original},
        links={
            "profile": Link("organisations.show", {"slug": organisation.slug}),
            "close": Link("organisations.close", {"slug": organisation.slug}),
        },
        person_id=person.id,
    )


def _said(organisation: Organisation) -> dict[str, object]:
    """What the profile says, as codes: the words come in the language of the reader."""
    numbers = organisations.identifiers_of(organisation)
    return {
        "organisation": organisation.name,
        "summary": organisation.summary,
        "confirmed_at": organisation.confirmed_at,
        "legal_form": organisation.legal_form,
        "town": organisation.town,
        "region": organisation.region,
        "founded_year": organisation.founded_year or "",
        "themes": list(organisation.themes),
        "website": organisation.website,
        "contacts": [[one.kind, one.value, one.visibility] for one in organisations.contacts_of(organisation)],
        "numbers": {field: numbers[scheme] for field, scheme in SCHEMES.items() if scheme in numbers},
    }

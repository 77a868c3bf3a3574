"""The mails about two profiles that become one."""

from portal.accounts.models import Person
from portal.mail import Kind, Link, Message, concern
from portal.merging.models import MergeRequest
from portal.organisations.models import Organisation


def asked(request: MergeRequest, person: Person) -> Message:
    """Shall the two be one? The link leads to the page with both side by side."""
    return _about(request, person, "asked")


def declined(request: MergeRequest, person: Person) -> Message:
    """They said no: both profiles stay as they are."""
    return _about(request, person, "declined")


def _about(request: MergeRequest, person: Person, what: str) -> Message:
    return Message(
        template=f"merging/mail/{what}",
        kind=Kind.PROFILE,
        concerns=concern("organisation", request.kept_id),
        to=person.address,
        lang=person.locale,
        dedupe_key=f"merge-{what}:{request.id}:{person.id}",
        context={"kept": request.kept.name, "lost": request.lost.name},
        links={"request": Link("merging.request", values={"number": request.id})},
        person_id=person.id,
    )


def merged(kept: Organisation, lost: Organisation, person: Person) -> Message:
    """The two are one: to everybody who manages it now."""
    return Message(
        template="merging/mail/merged",
        kind=Kind.PROFILE,
        concerns=concern("organisation", kept.id),
        to=person.address,
        lang=person.locale,
        dedupe_key=f"merged:{lost.id}:{person.id}",
        context={"kept": kept.name, "lost": lost.name},
        links={"profile": Link("organisations.show", values={"slug": kept.slug})},
        person_id=person.id,
    )

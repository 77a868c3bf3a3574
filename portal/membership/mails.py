"""The mails about reviews and memberships. Each goes to one person, in their language; a refusal is never its subject."""

from collections.abc import Mapping

from portal import mail
from portal.accounts.models import Person
from portal.membership.models import Membership, MembershipEvent, Review

FOLDER = "membership/mail"


def quoted(text: str) -> str:
    """Somebody's own words inside a mail, marked line by line as a quotation, so that none of them is read as ours."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def review_requested(review: Review, to: Person) -> mail.Message:
    """To those who decide: a profile waits."""
    link = mail.Link("membership.review", {"number": review.id})
    return _about_review("review_requested", review, to, link, mail.Kind.TASKS)


def review_published(review: Review, to: Person) -> mail.Message:
    """To those who keep the profile: everybody can read it now."""
    link = mail.Link("organisations.show", {"slug": review.organisation.slug})
    return _about_review("review_published", review, to, link)


def review_returned(review: Review, to: Person) -> mail.Message:
    """To those who keep the profile: it is a draft again, for this reason."""
    link = mail.Link("membership.of_organisation", {"slug": review.organisation.slug})
    return _about_review("review_returned", review, to, link)


def application_receipt(membership: Membership, event: MembershipEvent, to: Person) -> mail.Message:
    """To the organisation: the application has arrived, and what happens next."""
    return _to_organisation("application_receipt", membership, event, to)


def application_arrived(membership: Membership, event: MembershipEvent, to: Person) -> mail.Message:
    """To those who decide: an application waits."""
    return _to_network("application_arrived", membership, event, to)


def more_wanted(membership: Membership, event: MembershipEvent, to: Person) -> mail.Message:
    """To the organisation: the network asks for something."""
    return _to_organisation("more_wanted", membership, event, to)


def answer_arrived(membership: Membership, event: MembershipEvent, to: Person) -> mail.Message:
    """To those who decide: what they asked for is there."""
    return _to_network("answer_arrived", membership, event, to)


def accepted(membership: Membership, event: MembershipEvent, to: Person) -> mail.Message:
    """To the organisation: it is a member."""
    return _to_organisation("accepted", membership, event, to)


def declined(membership: Membership, event: MembershipEvent, to: Person) -> mail.Message:
    """To the organisation: the decision with its reason and the way to appeal."""
    return _to_organisation("declined", membership, event, to)


def withdrawn(membership: Membership, event: MembershipEvent, to: Person) -> mail.Message:
    """To those who decide: nothing is left to decide."""
    return _to_network("withdrawn", membership, event, to)


def resigned(membership: Membership, event: MembershipEvent, to: Person) -> mail.Message:
    """To the coordinators: an organisation has left."""
    return _to_network("resigned", membership, event, to)


def resignation_receipt(membership: Membership, event: MembershipEvent, to: Person) -> mail.Message:
    """To the organisation: it has left the network."""
    return _to_organisation("resignation_receipt", membership, event, to)


def _about_review(
    name: str, review: Review, to: Person, link: mail.Link, kind: mail.Kind = mail.Kind.PROFILE
) -> mail.Message:  # fmt: skip
    context = {
        "organisation": review.organisation.name,
        "network": review.network.name if review.network else "",
        "reason": quoted(review.reason),
        "reason_in": (review.network or review.organisation).name.original,
    }
    network = review.network
    concerns = mail.concern("network", network.id) if network else mail.concern("organisation", review.organisation.id)
    return _message(name, f"review-{review.id}", to, context, link, kind, concerns)


def _to_organisation(name: str, membership: Membership, event: MembershipEvent, to: Person) -> mail.Message:
    link = mail.Link("membership.application", {"number": membership.id})
    return _about(name, membership, event, to, link, mail.Kind.MEMBERSHIP)


def _to_network(name: str, membership: Membership, event: MembershipEvent, to: Person) -> mail.Message:
    link = mail.Link("membership.case", {"number": membership.id})
    return _about(name, membership, event, to, link, mail.Kind.TASKS)


def _about(
    name: str, membership: Membership, event: MembershipEvent, to: Person, link: mail.Link, kind: mail.Kind
) -> mail.Message:  # fmt: skip
    context = {
        "organisation": membership.organisation.name,
        "network": membership.network.name,
        "reason": quoted(event.reason),
        "reason_in": membership.network.name.original,
    }
    concerns = mail.concern("network", membership.network_id)
    return _message(name, f"membership-event-{event.id}", to, context, link, kind, concerns)


def _message(
    name: str, about: str, to: Person, context: Mapping[str, object], link: mail.Link, kind: mail.Kind, concerns: str
) -> mail.Message:  # fmt: skip
    return mail.Message(
        template=f"{FOLDER}/{name}",
        kind=kind,
        concerns=concerns,
        to=to.address,
        lang=to.locale,
        dedupe_key=f"{about}:{name}:{to.id}",
        context=dict(context),
        links={"page": link},
        person_id=to.id,
    )

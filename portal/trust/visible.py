"""What others see about a person who vouches, is asked to, or claims a profile."""

from collections.abc import Sequence

from flask import url_for

from portal.accounts.models import Person
from portal.privacy.visible import Seen, Visible
from portal.trust import queries
from portal.words.i18n import _


def _lines(person: Person) -> Sequence[Seen]:
    vouches = [
        Seen(
            _("That you vouch for a group"), _("People of the group, and those who decide about its profile"),
            _("You vouch for it."), vouch.organisation.name,
            url_for("organisations.show", slug=vouch.organisation.slug),
        )
        for vouch in queries.vouches_by(person.id)
    ]  # fmt: skip
    claims = [
        Seen(
            _("That you claim a profile, and what you wrote about it"),
            _("Those who manage the profile, its coordinators and the portal team"), _("You made the claim."),
            claim.organisation.name, url_for("trust.claim_case", number=claim.id),
        )
        for claim in queries.claims_by(person.id, open_only=False)
    ]  # fmt: skip
    asked = Seen(
        _("Your address, if a group has asked you to vouch for it"),
        _("People of the group, and those who decide about its profile"), _("They wrote to it."),
    )  # fmt: skip
    return [*vouches, *claims, *([asked] if queries.is_asked(person.email or "") else [])]


VISIBLE = Visible(
    tables=frozenset({"vouch", "vouch_request", "profile_claim"}),
    lines=_lines,
    unseen={
        "patronage": "pages name the organisations, and nobody of them",
        "group_registering": "pages show what was asked and decided, and not who did it",
        "verification": "the profile names the network or the portal team, and nobody of them",
    },
)

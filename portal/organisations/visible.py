"""What others see about a person through organisations: roles, entries on profiles, invitations."""

from collections.abc import Sequence

from flask import url_for

from portal.accounts.models import Person
from portal.declaration import Words
from portal.organisations import queries
from portal.organisations.models import ListedPerson, OrganisationStatus
from portal.privacy.visible import Seen, Visible
from portal.words.i18n import _
from portal.words.vocabularies import label


def _lines(person: Person) -> Sequence[Seen]:
    managing = _("Those who manage the profile")
    roles = [
        Seen(
            _("Your role: %(role)s", role=", ".join(label("org_role", role) for role in sorted(roles))),
            managing, organisation.name, url_for("organisations.show", slug=organisation.slug),
        )
        for organisation, roles in queries.mine(person)
    ]  # fmt: skip
    entries = [
        Seen(
            _("Your entry on the profile: %(kind)s", kind=label("listed_kind", one.kind)),
            _readers(one) or managing, one.organisation.name,
            url_for("organisations.show", slug=one.organisation.slug) if one.is_shown else "",
        )
        for one in queries.listed_of_person(person)
    ]  # fmt: skip
    asked = queries.invitations_to(person.email or "")
    return [*roles, *entries, *([Seen(_("That you are invited to help with a profile"), managing)] if asked else [])]


def _readers(one: ListedPerson) -> Words:
    if not one.is_shown or one.organisation.status != OrganisationStatus.PUBLISHED:
        return ""
    return _("Everybody") if one.is_public else _("People with an account")


VISIBLE = Visible(
    tables=frozenset({"organisation_role", "organisation_person", "organisation_invitation"}), lines=_lines
)
